// Reads lines of `ROOT USAGE CERTIFICATE`, the certificates as base64 of DER, and writes for each whether Go accepts it
// at the instant that is the argument: `ok`, or why not.
package main

import (
	"bufio"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

var usages = map[string]x509.ExtKeyUsage{
	"server": x509.ExtKeyUsageServerAuth,
	"client": x509.ExtKeyUsageClientAuth,
	"any":    x509.ExtKeyUsageAny,
}

var roots = map[string]*x509.CertPool{}

func parse(text string) (*x509.Certificate, error) {
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func poolOf(text string) *x509.CertPool {
	if pool := roots[text]; pool != nil {
		return pool
	}
	root, err := parse(text)
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(root)
	roots[text] = pool
	return pool
}

func judge(line string, now time.Time) error {
	fields := strings.Fields(line)
	certificate, err := parse(fields[2])
	if err != nil {
		return err
	}
	_, err = certificate.Verify(x509.VerifyOptions{
		Roots:       poolOf(fields[0]),
		CurrentTime: now,
		KeyUsages:   []x509.ExtKeyUsage{usages[fields[1]]},
	})
	return err
}

func main() {
	seconds, err := strconv.ParseInt(os.Args[1], 10, 64)
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := judge(lines.Text(), time.Unix(seconds, 0)); err != nil {
			fmt.Fprintln(out, strconv.Quote(err.Error()))
		} else {
			fmt.Fprintln(out, "ok")
		}
	}
}
