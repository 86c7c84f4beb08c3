package match

import "testing"

func TestTones(t *testing.T) {
	m, err := New([]Pattern{{Term: "nhà cái", Lang: "vi"}, {Term: "nha cai", Lang: "vi"}, {Term: "bônus", Lang: "pt"}})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		pattern int
		source  string
		want    Tone
	}{
		{0, "Nhà Cái", ToneSame}, {0, "nha\u0300-ca\u0301i", ToneSame}, {0, "nha cai", ToneMissing},
		{0, "nhả cải", ToneOther}, {0, "nhà cai", ToneOther}, {1, "nhà cái", ToneSame}, {2, "bonus", ToneSame},
	}
	for _, c := range cases {
		if got := m.Tones(c.pattern, c.source); got != c.want {
			t.Errorf("Tones(%d, %q) = %d, want %d", c.pattern, c.source, got, c.want)
		}
	}
}

func TestRespelt(t *testing.T) {
	m, err := New([]Pattern{{Term: "buy viagra"}, {Term: "无码"}})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		pattern int
		source  string
		want    bool
	}{
		{0, "Buy  VIAGRA", false}, {0, "buy-viagra", false}, {0, "buy v\u200biagra", true}, {0, "buy viаgra", true},
		{1, "无码", false}, {1, "旡码", true}, {1, "无.码", true},
	}
	for _, c := range cases {
		if got := m.Respelt(c.pattern, c.source); got != c.want {
			t.Errorf("Respelt(%d, %q) = %v", c.pattern, c.source, got)
		}
	}
}
