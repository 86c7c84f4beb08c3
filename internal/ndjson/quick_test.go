package ndjson

import (
	"bytes"
	"reflect"
	"testing"
	"unicode/utf8"
)

var quickLines = []string{
	`{"id":"a","url":"u","content_type":"text/html","content":"<p class=\"x\">\n\u4e2d\/\\"}`, `{"id":0,"content_base64":"eA=="}`,
	`{"id":12345678901234567890,"other":"x","content":"\ud83d\ude00"}`, " {\t\"content\" : \"\" , \"n\" : 7 } ", `{"content":"中文"}`,
}

func TestQuickRecordTakesPlainOnes(t *testing.T) {
	for _, line := range quickLines {
		got, ok := quickRecord([]byte(line))
		want, err := slowRecord([]byte(line))
		if !ok || err != nil || !same(got, want) {
			t.Errorf("%s: got %+v %v, want %+v %v", line, got, ok, want, err)
		}
	}
}

// FuzzQuickRecord holds that what is read the quick way is read the same the
// slow way.
func FuzzQuickRecord(f *testing.F) {
	for _, line := range append(quickLines, `{}`, `{"id":01}`, `{"Content":"x"}`, `{"content":"x","content":"y"}`, `{"content":"\ud83dx"}`,
		`{"content":"\ude00"}`, `{"content":"\u00zz"}`, `{"content":"\x"}`, "{\"content\":\"\n\"}", `{"url":5}`, `{"content":"x"}}`, `{"content":"x",}`,
		`{"\u0069d":"x"}`, `{"content":"\u+123"}`, `{"content":"\u0000"}`) {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		if !utf8.Valid(line) {
			return
		}
		got, ok := quickRecord(line)
		if !ok {
			return
		}
		want, err := slowRecord(line)
		if err != nil || !same(got, want) {
			t.Errorf("%q: got %+v, want %+v %v", line, got, want, err)
		}
	})
}

func same(a, b record) bool {
	if !bytes.Equal(a.content, b.content) || !bytes.Equal(a.base64, b.base64) || !bytes.Equal(a.id, b.id) {
		return false
	}
	a.content, a.base64, a.id, b.content, b.base64, b.id = nil, nil, nil, nil, nil, nil
	return reflect.DeepEqual(a, b)
}
