package main

import (
	"bytes"
	"math/rand/v2"
)

var sentences = []string{
	"The council met on Tuesday and spoke about the new bridge over the river.",
	"Farmers in the valley expect a good harvest after a wet and mild spring.",
	"The library opens an hour earlier on Saturdays, and the reading room stays as it is.",
	"Engineers found that the old pipes below the market square must be replaced.",
	"A small museum shows tools, letters and maps from the years before the railway.",
	"The school choir sang in the town hall, and more people came than there were chairs.",
	"市议会周二开会，讨论了河上新桥的建设问题。",
	"春天雨水充足，气候温和，山谷里的农民预计今年会有好收成。",
	"图书馆周六提前一小时开门，阅览室的开放时间保持不变。",
	"工程师发现，集市广场下面的旧水管必须更换。",
	"小型博物馆展出了铁路修建之前的工具、信件和地图。",
	"学校合唱团在市政厅演唱，来的人比椅子还多。",
}

// block is what kits write into pages; its phrases stand in the shipped lists.
const block = `<div>online casino, free spins no deposit, no deposit bonus, online casino bonus, casino slots, ` +
	`best online casino, live casino, slot machines online, sports betting online, casino free spins</div>`

// page makes a page of about so many bytes: half English, half Chinese prose.
func page(size int, spam bool) []byte {
	r := rand.New(rand.NewPCG(5, uint64(size)))
	b := bytes.NewBufferString(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>News of the valley</title></head><body><main>` + "\n")
	for half := true; b.Len() < size; half = !half {
		if spam && b.Len() > size/2 {
			b.WriteString(block)
			spam = false
		}
		b.WriteString(`<p class="text">`)
		for range 4 {
			n := r.IntN(6)
			if half {
				n += 6
			}
			b.WriteString(sentences[n] + " ")
		}
		b.WriteString("</p>\n")
	}
	b.WriteString("</main></body></html>\n")
	return b.Bytes()
}
