package client_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/drosshq/dross/filter"
	"github.com/drosshq/dross/filter/client"
)

func Example() {
	// In a program this is the address of "dross serve".
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"verdict":"clean","content":"good morning","content_type":"text/plain","lists":"sha256:0"}`)
	}))
	defer service.Close()

	c, err := client.New(service.URL, client.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := c.Clean(context.Background(), filter.Page{ContentType: "text/plain", Body: []byte("good morning")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %s\n", res.Verdict, res.Content)
	// Output: clean: good morning
}
