package app

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"path/filepath"
	"testing"
	"time"
)

// certificate makes a self-signed one for 127.0.0.1 in a folder.
func certificate(t *testing.T) (dir string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "dross test"}, NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, tpl, tpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	put(t, dir, "cert.pem", string(cert))
	put(t, dir, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})))
	pool = x509.NewCertPool()
	pool.AppendCertsFromPEM(cert)
	return dir, pool
}

// TestTLSClientCertificateAndPassword: the password is "zorblat".
func TestTLSClientCertificateAndPassword(t *testing.T) {
	dir, pool := certificate(t)
	put(t, dir, "web.yml", `
tls_server_config: {cert_file: cert.pem, key_file: key.pem, client_auth_type: RequireAndVerifyClientCert, client_ca_file: cert.pem}
basic_auth_users: {probe: "$2a$04$.xydjmHXI4CD7mL6qyOsAO3wDgTRb6BBVrR8BF3VDxoq31AOQxj5y"}
`)
	cfg := load(t, "--lists.dir="+folder(t, list(terms...)), "--web.config.file="+filepath.Join(dir, "web.yml"))
	r := newApp(t, cfg, nil)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	url := "https://" + r.Addr(ctx) + "/-/ready"

	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	get := func(user string, certs ...tls.Certificate) (int, int) {
		tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Certificates: certs}, ForceAttemptHTTP2: true}
		defer tr.CloseIdleConnections()
		req, _ := http.NewRequest("GET", url, nil)
		if user != "" {
			req.SetBasicAuth(user, "zorblat")
		}
		resp, err := tr.RoundTrip(req)
		if err != nil {
			return 0, 0
		}
		_ = resp.Body.Close()
		return resp.StatusCode, resp.ProtoMajor
	}
	waitFor(t, "ready over TLS", func() bool { code, _ := get("probe", pair); return code == 200 })
	if _, version := get("probe", pair); version != 2 {
		t.Errorf("HTTP/%d over TLS, want 2", version)
	}
	if code, _ := get("probe"); code != 0 {
		t.Errorf("without a client certificate: got %d, want no connection", code)
	}
	for _, user := range []string{"", "other"} {
		if code, _ := get(user, pair); code != 401 {
			t.Errorf("user %q: got %d, want 401", user, code)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
}
