// cert-manager's CRDs: what a Certificate is held against.
module external-service-proxy/programs/cert-manager

go 1.26.0

require github.com/cert-manager/cert-manager v1.21.2
