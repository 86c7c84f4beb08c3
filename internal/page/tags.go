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

// textNames are the attributes that the scanner asks for; see textAttr.
var textNames = namesOf("alt", "title", "aria-label", "placeholder", "value", "label", "summary", "href", "content", "type", "rel")

func namesOf(names ...string) *attrNames {
	var n attrNames
	for _, s := range names {
		n[s[0]] |= 1 << len(s)
		n[s[0]-'a'+'A'] |= 1 << len(s)
	}
	return &n
}

// textAttr reports whether an attribute holds text for people.
func textAttr(name []byte) bool {
	switch string(name) {
	case "alt", "title", "aria-label", "placeholder", "value", "label", "summary":
		return true
	}
	return false
}
