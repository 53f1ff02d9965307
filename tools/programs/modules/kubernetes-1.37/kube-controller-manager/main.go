// Kubernetes's own controllers, started as kube-controller-manager starts them, but only those that matter where no
// pod ever runs: the API server is compiled of nearly all that these need, while the others take as long again as a
// quarter of the API server. Its one flag is --kubeconfig.
package main

import (
	"context"
	"errors"
	"flag"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/controller-manager/pkg/clientbuilder"
	"k8s.io/controller-manager/pkg/informerfactory"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/clusterroleaggregation"
	"k8s.io/kubernetes/pkg/controller/deployment"
	"k8s.io/kubernetes/pkg/controller/endpointslice"
	"k8s.io/kubernetes/pkg/controller/endpointslicemirroring"
	"k8s.io/kubernetes/pkg/controller/garbagecollector"
	"k8s.io/kubernetes/pkg/controller/namespace"
	"k8s.io/kubernetes/pkg/controller/replicaset"
	"k8s.io/kubernetes/pkg/controller/serviceaccount"
)

func main() {
	kubeconfig := flag.String("kubeconfig", "", "who it is, and where the API server is")
	flag.Parse()
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		klog.Fatal(err)
	}
	config.QPS, config.Burst = 20, 30 // kube-controller-manager's defaults, as all numbers below.
	if err := run(context.Background(), config); err != nil {
		klog.Fatal(err)
	}
}

// run starts each controller by its own ServiceAccount in kube-system, and never returns but with an error.
func run(ctx context.Context, config *rest.Config) error {
	root := clientbuilder.SimpleControllerClientBuilder{ClientConfig: config}
	client, err := root.Client("shared-informers")
	if err != nil {
		return err
	}
	accounts := clientbuilder.NewDynamicClientBuilder(rest.AnonymousClientConfig(config), client.CoreV1(), "kube-system")
	ready := func(ctx context.Context) (bool, error) {
		err := client.Discovery().RESTClient().Get().AbsPath("/healthz").Do(ctx).Error()
		return err == nil, nil
	}
	if err := wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, time.Minute, true, ready); err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 12*time.Hour)
	collect, err := garbageCollection(ctx, root, accounts, factory)
	if err != nil {
		return err
	}
	controllers, err := others(ctx, accounts, factory)
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	for _, controller := range append(controllers, collect) {
		go controller(ctx)
	}
	<-ctx.Done()
	return ctx.Err()
}

type controller = func(context.Context)

// others makes the controllers that need no more than the shared informers.
func others(ctx context.Context, accounts clientbuilder.ControllerClientBuilder, factory informers.SharedInformerFactory) ([]controller, error) {
	var failed []error
	as := func(name string) kubernetes.Interface {
		client, err := accounts.Client(name)
		failed = append(failed, err)
		return client
	}
	core, apps, slices := factory.Core().V1(), factory.Apps().V1(), factory.Discovery().V1().EndpointSlices()

	sliced := endpointslice.NewController(ctx, core.Pods(), core.Services(), core.Nodes(), slices, 100, as("endpointslice-controller"), 0)
	mirrored := endpointslicemirroring.NewController(ctx, core.Endpoints(), slices, core.Services(), 1000, as("endpointslicemirroring-controller"), 0)
	replicas := replicaset.NewReplicaSetController(ctx, apps.ReplicaSets(), core.Pods(), as("replicaset-controller"), replicaset.BurstReplicas)
	aggregated := clusterroleaggregation.NewClusterRoleAggregation(factory.Rbac().V1().ClusterRoles(), as("clusterrole-aggregation-controller").RbacV1())
	deployed, err := deployment.NewDeploymentController(ctx, apps.Deployments(), apps.ReplicaSets(), core.Pods(), as("deployment-controller"))
	failed = append(failed, err)
	accounted, err := serviceaccount.NewServiceAccountsController(klog.FromContext(ctx), core.ServiceAccounts(), core.Namespaces(),
		as("service-account-controller"), serviceaccount.DefaultServiceAccountsControllerOptions())
	failed = append(failed, err)

	// It makes many calls for each namespace that ends.
	config, err := accounts.Config("namespace-controller")
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 20*config.QPS, 100*config.Burst
	client, err := kubernetes.NewForConfig(config)
	failed = append(failed, err)
	metadataClient, err := metadata.NewForConfig(config)
	failed = append(failed, err)
	ended := namespace.NewNamespaceController(ctx, client, metadataClient, client.Discovery().ServerPreferredNamespacedResources,
		core.Namespaces(), 5*time.Minute, v1.FinalizerKubernetes)

	return []controller{
		func(ctx context.Context) { sliced.Run(ctx, 5) },
		func(ctx context.Context) { mirrored.Run(ctx, 5) },
		func(ctx context.Context) { replicas.Run(ctx, 5) },
		func(ctx context.Context) { aggregated.Run(ctx, 5) },
		func(ctx context.Context) { deployed.Run(ctx, 5) },
		func(ctx context.Context) { accounted.Run(ctx, 1) },
		func(ctx context.Context) { ended.Run(ctx, 10) },
	}, errors.Join(failed...)
}

// garbageCollection makes the controller that deletes what has lost its owner.
func garbageCollection(ctx context.Context, root, accounts clientbuilder.ControllerClientBuilder, factory informers.SharedInformerFactory) (controller, error) {
	const name, period = "generic-garbage-collector", 30 * time.Second
	rootConfig, err := root.Config("metadata-informers")
	if err != nil {
		return nil, err
	}
	config, err := accounts.Config(name)
	if err != nil {
		return nil, err
	}
	config.QPS *= 2 // Each deletion takes two calls.
	client, clientError := accounts.Client(name)
	discovery, discoveryError := root.DiscoveryClient("controller-discovery")
	own, ownError := accounts.DiscoveryClient(name)
	metadataClient, metadataError := metadata.NewForConfig(config)
	informersClient, informersError := metadata.NewForConfig(rootConfig)
	if err := errors.Join(clientError, discoveryError, ownError, metadataError, informersError); err != nil {
		return nil, err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(discovery))
	go wait.Until(mapper.Reset, period, ctx.Done())
	all := informerfactory.NewInformerFactory(factory, metadatainformer.NewSharedInformerFactory(informersClient, 12*time.Hour))
	started := make(chan struct{})
	graph := garbagecollector.NewDependencyGraphBuilder(ctx, informersClient, mapper, garbagecollector.DefaultIgnoredResources(), all, started)
	collector, err := garbagecollector.NewComposedGarbageCollector(ctx, client, metadataClient, mapper, graph)
	return func(ctx context.Context) {
		all.Start(ctx.Done())
		close(started)
		go collector.Run(ctx, 20, period)
		collector.Sync(ctx, own, period)
	}, err
}
