package lists

import (
	"embed"
	"sync"
)

//go:embed data/*.txt
var data embed.FS

var loadDefault = sync.OnceValues(func() (*Set, error) {
	ls, err := Load(data, "data")
	if err != nil {
		return nil, err
	}
	return NewSet(ls...)
})

// Default returns the lists that dross ships. They are parsed once; every
// caller gets the same Set.
//
// The shipped data is held sound by this package's tests. Were it not, the
// set would be empty, never a part of the lists.
func Default() *Set {
	set, err := loadDefault()
	if err != nil {
		return &Set{}
	}
	return set
}
