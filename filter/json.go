package filter

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/drosshq/dross/lists"
)

// resultJSON fixes the field names and their order. Content is a string when
// it is valid UTF-8 and base64 otherwise; exactly one of the two is set.
type resultJSON struct {
	resultHead
	Content       *string `json:"content,omitempty"`
	ContentBase64 []byte  `json:"content_base64,omitempty"`
	resultTail
}

// resultHead and resultTail are what stands before and after the content.
type resultHead struct {
	ID      string  `json:"id,omitempty"`
	URL     string  `json:"url,omitempty"`
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"`
}

type resultTail struct {
	ContentType  string           `json:"content_type"`
	RemovedBytes int              `json:"removed_bytes"`
	Categories   []lists.Category `json:"categories"`
	Blocks       []Block          `json:"blocks"`
	Lists        string           `json:"lists"`
	Seconds      float64          `json:"duration_seconds"`
}

// MarshalJSON writes the result with the field names of the service. The page
// stands in "content" when its bytes are valid UTF-8, else in "content_base64".
// Lists that hold nothing are [], never null, and markup is not escaped, so
// encode with SetEscapeHTML(false) to keep it readable.
func (r Result) MarshalJSON() ([]byte, error) {
	head, err := encodeJSON(resultHead{ID: r.ID, URL: r.URL, Verdict: r.Verdict, Reason: r.Reason})
	if err != nil {
		return nil, err
	}
	tail, err := encodeJSON(r.tail())
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(head)+len(tail)+len(r.Content)+len(r.Content)/3+32)
	out = append(out, head[:len(head)-1]...)
	if utf8.Valid(r.Content) {
		out = appendString(append(out, `,"content":`...), r.Content)
	} else {
		out = base64.StdEncoding.AppendEncode(append(out, `,"content_base64":"`...), r.Content)
		out = append(out, '"')
	}
	return append(append(out, ','), tail[1:]...), nil
}

func (r Result) tail() resultTail {
	t := resultTail{
		ContentType: r.ContentType, RemovedBytes: r.RemovedBytes, Categories: r.Categories,
		Blocks: r.Blocks, Lists: r.Lists, Seconds: r.Seconds,
	}
	if t.Categories == nil {
		t.Categories = []lists.Category{}
	}
	if t.Blocks == nil {
		t.Blocks = []Block{}
	}
	return t
}

// appendString appends valid UTF-8 as a JSON string. Some readers of JSON lines
// take U+0085, U+2028 and U+2029 for line ends, so those are escaped too.
func appendString(dst, s []byte) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c, n := s[i], 1
		var esc string
		switch {
		case c >= ' ' && c != '"' && c != '\\' && c != 0xc2 && c != 0xe2:
			continue
		case c == '"':
			esc = `\"`
		case c == '\\':
			esc = `\\`
		case c == '\n':
			esc = `\n`
		case c == '\r':
			esc = `\r`
		case c == '\t':
			esc = `\t`
		case c < ' ':
			esc = `\u00` + string([]byte{hex[c>>4], hex[c&15]})
		case bytes.HasPrefix(s[i:], []byte("\u0085")):
			esc, n = `\u0085`, 2
		case bytes.HasPrefix(s[i:], []byte("\u2028")):
			esc, n = `\u2028`, 3
		case bytes.HasPrefix(s[i:], []byte("\u2029")):
			esc, n = `\u2029`, 3
		default:
			continue
		}
		dst = append(append(dst, s[from:i]...), esc...)
		i += n - 1
		from = i + 1
	}
	return append(append(dst, s[from:]...), '"')
}

// UnmarshalJSON reads what MarshalJSON wrote, from either form of the content.
func (r *Result) UnmarshalJSON(data []byte) error {
	var j resultJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return fmt.Errorf("read result: %w", err)
	}
	*r = Result{
		ID: j.ID, URL: j.URL, Verdict: j.Verdict, Reason: j.Reason, ContentType: j.ContentType,
		RemovedBytes: j.RemovedBytes, Categories: j.Categories, Blocks: j.Blocks, Lists: j.Lists, Seconds: j.Seconds,
	}
	switch {
	case j.Content != nil:
		r.Content = []byte(*j.Content)
	case j.ContentBase64 != nil:
		r.Content = j.ContentBase64
	}
	return nil
}

// MarshalJSON writes the block with [] in place of null.
func (b Block) MarshalJSON() ([]byte, error) {
	type plain Block
	if b.Keywords == nil {
		b.Keywords = []string{}
	}
	if b.Reasons == nil {
		b.Reasons = []string{}
	}
	return encodeJSON(plain(b))
}

func encodeJSON(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("write result: %w", err)
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}
