package filter

import (
	"github.com/drosshq/dross/lists"
)

// Page is one document to be judged.
type Page struct {
	// ID and URL are echoed in the result. The host of the URL picks the SiteRules
	// of a page; nothing is fetched.
	ID, URL string
	// ContentType is a media type such as "text/html; charset=gbk" or
	// "text/plain". Without a charset it is detected as a browser would.
	// Empty means: sniff.
	ContentType string
	// Body holds the page as received, after any Content-Encoding is undone.
	Body []byte
}

// Verdict is the outcome for a whole page.
type Verdict string

// The three verdicts.
const (
	// Clean: nothing was found; the content is the input.
	Clean Verdict = "clean"
	// Stripped: at least one block was found; the content is the input less
	// the removed ranges.
	Stripped Verdict = "stripped"
	// Rejected: what remains is not worth keeping; Result.Reason says why.
	Rejected Verdict = "rejected"
)

// Action says what happened to a block.
type Action string

// The actions.
const (
	// Removed blocks crossed their threshold.
	Removed Action = "removed"
	// Kept blocks were seen and scored but stayed under their threshold; they
	// are reported only when asked for (Request.Explain).
	Kept Action = "kept"
)

// Zone is the kind of place a block sits in.
type Zone string

// The zones.
const (
	ZoneTitle     Zone = "title"
	ZoneMeta      Zone = "meta"
	ZoneHeading   Zone = "heading"
	ZoneText      Zone = "text"
	ZoneLink      Zone = "link"
	ZoneAttribute Zone = "attribute"
	ZoneHidden    Zone = "hidden"
	ZoneNoscript  Zone = "noscript"
	ZoneComment   Zone = "comment"
	ZoneScript    Zone = "script"
	ZoneLine      Zone = "line"
)

// Block is a run of bytes of the page that was judged.
type Block struct {
	// Start and End are byte offsets into Page.Body, half-open.
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Action Action `json:"action"`
	Zone   Zone   `json:"zone"`
	// Category is the one with the most evidence, or Site.
	Category lists.Category `json:"category"`
	// Score is the sum of the evidence, Threshold the line it is held against.
	Score     float64 `json:"score"`
	Threshold float64 `json:"threshold"`
	// Density is the share of the block's letters that listed entries cover, 0 to 1.
	Density float64 `json:"density"`
	// Keywords are the list entries that matched, as written in the list.
	Keywords []string `json:"keywords"`
	// Reasons say what made the score, one line each.
	Reasons []string `json:"reasons"`
	// Path is the element that holds the block, as a CSS path; HTML only.
	Path string `json:"path,omitempty"`
}

// Result is what Clean found. Its JSON form is the one of the service.
type Result struct {
	ID, URL string
	Verdict Verdict
	// Reason says why a page was rejected, in words a person understands.
	Reason string
	// Content is the page less its removed ranges, in the charset it came in.
	Content []byte
	// ContentType is the type of Content with the charset that was used.
	ContentType string
	// RemovedBytes counts bytes of Page.Body that are not in Content. It
	// counts what would go when Request.DryRun is set.
	RemovedBytes int
	// Categories of the removed blocks, sorted.
	Categories []lists.Category
	// Blocks in the order of the page; ranges of removed ones are disjoint.
	Blocks []Block
	// Lists is the revision of the lists that judged the page.
	Lists string
	// Seconds is how long the judgement took.
	Seconds float64
}

// Request changes how one page is judged, where it should differ from the
// filter's Options.
type Request struct {
	// DryRun judges and reports, but returns the page unchanged.
	DryRun bool
	// Explain adds the blocks that were seen and kept.
	Explain bool
	// Categories limits the judgement to these; nil means all.
	Categories []lists.Category
}
