package lists

// Category is a kind of spam, such as "adult" or "gambling".
type Category string

// The categories that entries may have. Any holds everyday words that spam of
// every kind uses; it takes soft and allow entries only.
const (
	Adult       Category = "adult"
	Gambling    Category = "gambling"
	Pharma      Category = "pharma"
	Counterfeit Category = "counterfeit"
	Loans       Category = "loans"
	Documents   Category = "documents"
	Surrogacy   Category = "surrogacy"
	Essays      Category = "essays"
	Games       Category = "games"
	Grey        Category = "grey"
	Any         Category = "any"
)

// Strength says how much an entry proves.
type Strength uint8

// The strengths, from the protecting to the strongest.
const (
	// Allow entries protect every block entry that lies inside them.
	Allow Strength = iota
	// Soft entries are everyday words: they count only beside a firm or strong one.
	Soft
	// Firm entries are words of the trade that good pages use too: they count, but need company.
	Firm
	// Strong entries hardly occur in good pages outside of prose: one is enough with structure.
	Strong
)

// Entry is one line of a list.
type Entry struct {
	// Term as written, in UTF-8; for a pattern its source text.
	Term string
	// Pattern reports whether Term holds classes such as <d2-4>.
	Pattern  bool
	Category Category
	Strength Strength
	// Weight is the evidence one distinct match gives.
	Weight float64
	// Lang is a BCP 47 language, "zh" or "vi"; it decides how borders and tones are treated.
	Lang string
	// Source says where the term comes from, and when.
	Source string
	// List and Line say where the entry stands.
	List string
	Line int
}
