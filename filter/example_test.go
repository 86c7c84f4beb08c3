package filter_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/lists"
)

func Example() {
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		log.Fatal(err)
	}
	body, err := os.ReadFile("testdata/sample.html")
	if err != nil {
		log.Fatal(err)
	}
	res, err := f.Clean(context.Background(), filter.Page{ContentType: "text/html", Body: body})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(res.Verdict, res.Categories, len(body)-len(res.Content) == res.RemovedBytes)
	for _, b := range res.Blocks {
		fmt.Printf("%s in %s: %d entries\n", b.Category, b.Zone, len(b.Keywords))
	}
	// Output:
	// stripped [gambling] true
	// gambling in title: 3 entries
	// gambling in text: 6 entries
	// gambling in hidden: 12 entries
}

func ExampleFilter_CleanWith() {
	f, err := filter.New(lists.Default(), filter.Options{})
	if err != nil {
		log.Fatal(err)
	}
	page := filter.Page{ContentType: "text/plain", Body: []byte("The bridge is open again.\n")}
	res, err := f.CleanWith(context.Background(), page, filter.Request{DryRun: true, Explain: true})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s, %d blocks, %q\n", res.Verdict, len(res.Blocks), res.Content)
	// Output: clean, 0 blocks, "The bridge is open again.\n"
}

func ExampleNew() {
	// A list of your own is added to the shipped ones, or replaces the one of its
	// name. A folder of them is read by lists.Load.
	own, err := lists.Parse("own.en.txt", strings.NewReader(`
@category gambling
@lang en
strong lucky ferret
allow lucky ferret rescue
`))
	if err != nil {
		log.Fatal(err)
	}
	set, err := lists.Default().With(own)
	if err != nil {
		log.Fatal(err)
	}
	f, err := filter.New(set, filter.Options{
		MaxBytes:   8 << 20,
		Thresholds: map[lists.Category]float64{lists.Gambling: 6},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(f.Lists().Len() - lists.Default().Len())
	// Output: 2
}
