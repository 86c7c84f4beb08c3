// Check decodes rendered Kubernetes objects against the types of the API, as
// strictly as can be: an unknown field, a field given twice, a kind that is not
// known and an object without a name are errors.
//
//	kustomize build OVERLAY | check
//
// It also holds the objects to what no schema says: see rules.go.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/yaml"
)

func main() {
	n, err := run(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d objects are sound\n", n)
}

// run checks all objects of a stream of YAML documents, and says how many
// there are. All faults are joined.
func run(in io.Reader) (int, error) {
	decoder, err := strict()
	if err != nil {
		return 0, err
	}
	var objects []runtime.Object
	var faults []error
	documents := yaml.NewYAMLReader(bufio.NewReader(in))
	for i := 1; ; i++ {
		text, err := documents.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, fmt.Errorf("document %d: %w", i, err)
		}
		object, _, err := decoder.Decode(text, nil, nil)
		if err != nil {
			faults = append(faults, fmt.Errorf("document %d: %w", i, err))
			continue
		}
		objects = append(objects, object)
	}
	if len(objects) == 0 && len(faults) == 0 {
		return 0, errors.New("no objects")
	}
	return len(objects), errors.Join(append(faults, judge(objects)...)...)
}

// strict makes a decoder that knows the kinds in use here and no others.
func strict() (runtime.Decoder, error) {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		core.AddToScheme, apps.AddToScheme, autoscaling.AddToScheme,
		networking.AddToScheme, policy.AddToScheme, monitoring.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	return serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer(), nil
}
