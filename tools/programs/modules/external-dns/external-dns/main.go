// External DNS, put together of its own packages as its controller does it, for the one provider that matters here:
// its own main brings all of them with it, and two of them are in no module proxy. It takes External DNS's flags.
package main

import (
	"context"
	"os"
	"time"

	log "github.com/sirupsen/logrus"
	"sigs.k8s.io/external-dns/endpoint"
	"sigs.k8s.io/external-dns/pkg/apis/externaldns"
	"sigs.k8s.io/external-dns/pkg/apis/externaldns/validation"
	"sigs.k8s.io/external-dns/plan"
	"sigs.k8s.io/external-dns/provider"
	"sigs.k8s.io/external-dns/provider/coredns"
	"sigs.k8s.io/external-dns/registry"
	"sigs.k8s.io/external-dns/registry/noop"
	"sigs.k8s.io/external-dns/source"
	"sigs.k8s.io/external-dns/source/annotations"
	"sigs.k8s.io/external-dns/source/wrappers"
)

func main() {
	cfg := externaldns.NewConfig()
	if err := cfg.ParseFlags(os.Args[1:]); err != nil {
		log.Fatalf("flag parsing error: %v", err)
	}
	if err := validation.ValidateConfig(cfg); err != nil {
		log.Fatalf("config validation failed: %v", err)
	}
	annotations.SetAnnotationPrefix(cfg.AnnotationPrefix)
	if cfg.EnableLegacyAnnotationPrefix {
		annotations.SetLegacyAnnotationPrefix(annotations.LegacyAnnotationPrefix)
	}
	if err := run(context.Background(), cfg); err != nil {
		log.Fatal(err)
	}
}

// run reconciles once an interval, or once where that is asked for.
func run(ctx context.Context, cfg *externaldns.Config) error {
	sources, err := source.NewSourceConfig(cfg)
	if err != nil {
		return err
	}
	desired, err := wrappers.Build(ctx, sources)
	if err != nil {
		return err
	}
	filter := endpoint.NewDomainFilter(cfg.DomainFilter)
	dns, err := coredns.New(ctx, cfg, filter)
	if err != nil {
		return err
	}
	records, err := noop.New(cfg, dns)
	if err != nil {
		return err
	}
	for {
		if err := reconcile(ctx, cfg, desired, records, filter); err != nil || cfg.Once {
			return err
		}
		time.Sleep(cfg.Interval)
	}
}

// reconcile is RunOnce of its controller, without the metrics.
func reconcile(ctx context.Context, cfg *externaldns.Config, desired source.Source, records registry.Registry, filter *endpoint.DomainFilter) error {
	current, err := records.Records(ctx)
	if err != nil {
		return err
	}
	endpoints, err := desired.Endpoints(context.WithValue(ctx, provider.RecordsContextKey, current))
	if err != nil {
		return err
	}
	endpoints, err = records.AdjustEndpoints(endpoints)
	if err != nil {
		return err
	}
	calculated := (&plan.Plan{
		Policies:       []plan.Policy{plan.Policies[cfg.Policy]},
		Current:        current,
		Desired:        endpoints,
		DomainFilter:   endpoint.MatchAllDomainFilters{filter, records.GetDomainFilter()},
		ManagedRecords: cfg.ManagedDNSRecordTypes,
		ExcludeRecords: cfg.ExcludeDNSRecordTypes,
		OwnerID:        records.OwnerID(),
	}).Calculate()
	if !calculated.Changes.HasChanges() {
		return nil
	}
	return records.ApplyChanges(ctx, calculated.Changes)
}
