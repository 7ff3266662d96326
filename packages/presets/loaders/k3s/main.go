// Does with a folder of authorities what k3s does at its start, by the library that k3s has for it: it reads each
// pair, signs a server and a client with it, and checks them as its processes will. It prints what it found.
package main

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"

	"github.com/rancher/dynamiclistener/cert"
)

func main() {
	for _, name := range []string{"client-ca", "server-ca", "request-header-ca", "etcd/server-ca", "etcd/peer-ca"} {
		base := filepath.Join(os.Args[1], name)
		if err := sign(base+".crt", base+".key"); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			os.Exit(1)
		}
		fmt.Println(name)
	}
	key, err := cert.PrivateKeyFromFile(filepath.Join(os.Args[1], "service.key"))
	if err != nil {
		fmt.Fprintf(os.Stderr, "service.key: %v\n", err)
		os.Exit(1)
	}
	fmt.Printf("service.key %T\n", key)
}

func sign(certFile, keyFile string) error {
	caKey, err := cert.PrivateKeyFromFile(keyFile)
	if err != nil {
		return err
	}
	caCerts, err := cert.CertsFromFile(certFile)
	if err != nil {
		return err
	}
	pool, err := cert.NewPool(certFile)
	if err != nil {
		return err
	}
	text, err := cert.MakeEllipticPrivateKeyPEM()
	if err != nil {
		return err
	}
	key, err := cert.ParsePrivateKeyPEM(text)
	if err != nil {
		return err
	}
	for _, usage := range []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth} {
		config := cert.Config{CommonName: "test", Usages: []x509.ExtKeyUsage{usage}}
		leaf, err := cert.NewSignedCert(config, key.(crypto.Signer), caCerts[0], caKey.(crypto.Signer))
		if err != nil {
			return err
		}
		if _, err := leaf.Verify(x509.VerifyOptions{Roots: pool, KeyUsages: []x509.ExtKeyUsage{usage}}); err != nil {
			return err
		}
	}
	return nil
}
