// Reads a secrets bundle by Talos' own means and makes of it what talosctl makes: a machine's configuration, and a
// client of the machines' API. It prints the fingerprints of the authorities as Talos sees them, and no key.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
	"github.com/siderolabs/talos/pkg/machinery/role"
)

func main() {
	found, err := read(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}

func read(path string) (map[string]string, error) {
	bundle, err := secrets.LoadBundle(path)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for name, pair := range map[string]*x509.PEMEncodedCertificateAndKey{
		"etcd": bundle.Certs.Etcd, "k8s": bundle.Certs.K8s, "k8saggregator": bundle.Certs.K8sAggregator, "os": bundle.Certs.OS,
	} {
		authority, err := x509.NewCertificateAuthorityFromCertificateAndKey(pair)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		sum := sha256.Sum256(authority.Crt.Raw)
		found[name] = hex.EncodeToString(sum[:])
	}
	if _, err := bundle.Certs.K8sServiceAccount.GetKey(); err != nil {
		return nil, err
	}
	if _, err := bundle.GenerateTalosAPIClientCertificate(role.MakeSet(role.Admin)); err != nil {
		return nil, err
	}
	input, err := generate.NewInput("test", "https://192.0.2.1:6443", "1.32.0", generate.WithSecretsBundle(bundle))
	if err != nil {
		return nil, err
	}
	config, err := input.Config(machine.TypeControlPlane)
	if err != nil {
		return nil, err
	}
	if _, err := config.Validate(mode{}); err != nil {
		return nil, err
	}
	raw, ok := config.RawV1Alpha1(), false
	if raw != nil {
		ok = raw.ClusterConfig.ClusterID == bundle.Cluster.ID && raw.MachineConfig.MachineToken == bundle.TrustdInfo.Token
	}
	if !ok {
		return nil, fmt.Errorf("the configuration has not the bundle's identity")
	}
	found["token"] = raw.ClusterConfig.BootstrapToken
	return found, nil
}

// A machine of metal, whose configuration says all.
type mode struct{}

func (mode) String() string        { return "metal" }
func (mode) RequiresInstall() bool { return false }
func (mode) InContainer() bool     { return false }
