package page

// class says what a tag does to the text around it.
type class uint8

const (
	inline  class = iota // text runs on
	item                 // a border inside a segment
	row                  // a segment of its own beside its neighbours
	block                // a segment of its own
	heading              // h1 to h6
	title                // text without tags, references decoded
	area                 // textarea: the same
	raw                  // script, style: not text
	nested               // noscript and such: markup that the parser keeps as text
	meta                 // content is text
	plain                // plaintext: never ends
)

// classOf classifies a tag by its lower-case name. Names it does not know are
// inline, as in browsers.
func classOf(name []byte) class {
	switch string(name) {
	case "a", "button", "select", "input", "label", "svg", "object", "video", "audio", "canvas":
		return item
	case "li", "td", "th", "dt", "dd", "option", "br", "optgroup", "tr", "legend", "summary", "figcaption", "caption", "source":
		return row
	case "p", "div", "ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "section", "article", "main", "nav", "aside", "header",
		"footer", "address", "blockquote", "body", "head", "html", "form", "fieldset", "figure", "hr", "pre", "center", "dir", "menu",
		"details", "dialog", "frameset", "frame", "hgroup", "marquee", "multicol", "search", "colgroup", "col", "listing", "link", "base", "template":
		return block
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return heading
	case "title":
		return title
	case "textarea":
		return area
	case "script", "style":
		return raw
	case "noscript", "noframes", "noembed", "iframe", "xmp":
		return nested
	case "meta":
		return meta
	case "plaintext":
		return plain
	}
	return inline
}

// void reports whether an element of that name never has content.
func void(name []byte) bool {
	switch string(name) {
	case "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "keygen", "basefont", "bgsound":
		return true
	}
	return false
}

// mayHoldText is a quick look at an attribute's first letter; see textAttr.
var mayHoldText = [256]bool{'a': true, 'A': true, 't': true, 'T': true, 'p': true, 'P': true, 'v': true, 'V': true,
	'l': true, 'L': true, 's': true, 'S': true, 'c': true, 'C': true, 'h': true, 'H': true}

// textAttr reports whether an attribute holds text for people.
func textAttr(name []byte) bool {
	switch string(name) {
	case "alt", "title", "aria-label", "placeholder", "value", "label", "summary":
		return true
	}
	return false
}
