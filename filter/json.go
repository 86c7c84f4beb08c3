package filter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/drosshq/dross/lists"
)

// resultJSON fixes the field names and their order. Content is a string when
// it is valid UTF-8 and base64 otherwise; exactly one of the two is set.
type resultJSON struct {
	ID            string           `json:"id,omitempty"`
	URL           string           `json:"url,omitempty"`
	Verdict       Verdict          `json:"verdict"`
	Reason        string           `json:"reason,omitempty"`
	Content       *string          `json:"content,omitempty"`
	ContentBase64 *[]byte          `json:"content_base64,omitempty"`
	ContentType   string           `json:"content_type"`
	RemovedBytes  int              `json:"removed_bytes"`
	Categories    []lists.Category `json:"categories"`
	Blocks        []Block          `json:"blocks"`
	Lists         string           `json:"lists"`
	Seconds       float64          `json:"duration_seconds"`
}

// MarshalJSON writes the result with the field names of the service. The page
// stands in "content" when its bytes are valid UTF-8, else in "content_base64".
// Lists that hold nothing are [], never null, and markup is not escaped, so
// encode with SetEscapeHTML(false) to keep it readable.
func (r Result) MarshalJSON() ([]byte, error) {
	j := resultJSON{
		ID: r.ID, URL: r.URL, Verdict: r.Verdict, Reason: r.Reason, ContentType: r.ContentType,
		RemovedBytes: r.RemovedBytes, Categories: r.Categories, Blocks: r.Blocks, Lists: r.Lists, Seconds: r.Seconds,
	}
	if utf8.Valid(r.Content) {
		s := string(r.Content)
		j.Content = &s
	} else {
		j.ContentBase64 = &r.Content
	}
	if j.Categories == nil {
		j.Categories = []lists.Category{}
	}
	if j.Blocks == nil {
		j.Blocks = []Block{}
	}
	return encodeJSON(j)
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
		r.Content = *j.ContentBase64
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
	out := bytes.TrimSuffix(buf.Bytes(), []byte("\n"))
	// Some readers of JSON lines take U+0085, U+2028 and U+2029 for line ends.
	// The encoder escapes the last two.
	return bytes.ReplaceAll(out, []byte("\u0085"), []byte(`\u0085`)), nil
}
