"""Holds certificates against pkilint's rules of RFC 5280; one line of JSON for each finding."""

import json
import sys

from pkilint import loader
from pkilint.pkix import certificate, extension, name

validator = certificate.create_pkix_certificate_validator_container(
    certificate.create_decoding_validators(name.ATTRIBUTE_TYPE_MAPPINGS, extension.EXTENSION_MAPPINGS),
    [
        certificate.create_issuer_validator_container([]),
        certificate.create_validity_validator_container(),
        certificate.create_subject_validator_container([]),
        certificate.create_extensions_validator_container([]),
        certificate.create_spki_validator_container([]),
    ],
)

for path in sys.argv[1:]:
    with open(path, encoding="ascii") as file:
        root = loader.load_pem_certificate(file.read(), path).root
    for result in validator.validate(root):
        for found in result.finding_descriptions:
            severity = found.finding.severity.name
            print(json.dumps({"file": path, "rule": found.finding.code, "severity": severity, "said": found.message}))
    print(json.dumps({"file": path, "rule": "done"}))
