package main

import "unicode"

// invisible reports whether r shows nothing and is dropped.
func invisible(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\v' || r == '\f' || r == '\r' || r == 0x85:
		return false
	case r < 0x20 || r >= 0x7F && r < 0xA0: // control characters
		return true
	case r >= 0x300 && r <= 0x36F, r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF,
		r >= 0x20D0 && r <= 0x20FF, r >= 0xFE20 && r <= 0xFE2F: // combining marks
		return true
	case r >= 0x483 && r <= 0x489: // Cyrillic combining marks
		return true
	case r == 0x3099 || r == 0x309A: // kana voicing marks: composed by the fold, dropped alone
		return true
	case r >= 0x64B && r <= 0x65F, r == 0x670, r == 0x640, r >= 0x591 && r <= 0x5BD, r == 0x5BF, r == 0x5C1, r == 0x5C2: // vowel points
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF, r >= 0x180B && r <= 0x180F: // variation selectors
		return true
	case r >= 0xE0000 && r <= 0xE007F: // tags
		return true
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x17B4, r == 0x17B5:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}

// blank reports whether r is white space of any kind.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == 0x2800
}

// pairs of look-alikes and stripped letters: the first rune becomes the second.
const pairs = "" +
	// Letters that have no canonical decomposition.
	"đdðdħhıiȷjłløoŧtƀbǥgɨiʉuƶzŋnĸkſsɓbɗdƙkƥpƭtʋvɑaɡgɩiɪiʟlɴnʀrʏyɢgʜhʙbɫlƒfơoưu" +
	// Small capitals.
	"ᴀaᴄcᴅdᴇeꜰfᴊjᴋkᴍmᴏoᴘpꜱsᴛtᴜuᴠvᴡwᴢz" +
	// Cyrillic twins.
	"аaеeоoрpсcуyхxіiѕsјjһhԁdԛqԝwѵvӏlөo" +
	// Greek twins.
	"αaοoνvιiκkρpτtυuχxηnγyϲcϳj" + "ςσ" +
	// Armenian twins.
	"օoսuոnհhցgզq" +
	// Signs used as letters or bars.
	"∨v⋁v丨|∣|ǀ|│|┃|￨|" +
	// Han look-alikes: the left one is rare in good text.
	"旡无兂无囯国囶国圀国囻国曰日妺妹婬淫滛淫慱博愽博巿市亊事亾亡値值吿告囬回囘回奌点姧奸姦奸宻密敎教旣既晩晚徳德幇帮呑吞" +
	"亜亚黒黑発发観观毎每歩步処处娯娱騒骚姫姬戸户収收悪恶産产冺泯氺水仌冰渋涩蔴麻畄留仴月靑青裏里啓启峯峰戱戏錄录彔录" +
	// Radicals that look like whole characters.
	"⺠民⺼月⻁虎⻄西⻅见⻆角⻋车⻒长⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"

// specials holds what the general rules do not know.
func specials() map[rune][]rune {
	m := map[rune][]rune{
		'ß': []rune("ss"), 'æ': []rune("ae"), 'œ': []rune("oe"), 'þ': []rune("th"),
		'ё': []rune("е"), 0x130: []rune("i"),
	}
	p := []rune(pairs)
	for i := 0; i+1 < len(p); i += 2 {
		m[p[i]] = []rune{p[i+1]}
	}
	for i := range rune(26) {
		m[0x1F150+i] = []rune{'a' + i} // negative circled
		m[0x1F170+i] = []rune{'a' + i} // negative squared
	}
	for i := range rune(9) {
		for _, first := range []rune{0x2776, 0x2780, 0x278A, 0x24F5} { // dingbat digits
			m[first+i] = []rune{'1' + i}
		}
	}
	m[0x24FF] = []rune("0")
	digits(m)
	return m
}

// digits maps the decimal digits of every script to ASCII.
func digits(m map[rune][]rune) {
	for _, rg := range unicode.Nd.R16 {
		addDigits(m, rune(rg.Lo), rune(rg.Hi))
	}
	for _, rg := range unicode.Nd.R32 {
		addDigits(m, rune(rg.Lo), rune(rg.Hi))
	}
}

func addDigits(m map[rune][]rune, lo, hi rune) {
	if lo == '0' {
		return
	}
	for r := lo; r <= hi; r++ {
		m[r] = []rune{'0' + (r-lo)%10}
	}
}
