// CoreDNS, with those of its plugins that matter here: all of them would bring the clients of three clouds with them.
package main

import (
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/etcd"
	_ "github.com/coredns/coredns/plugin/ready"
)

func main() {
	coremain.Run()
}
