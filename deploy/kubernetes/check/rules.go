package main

import (
	"fmt"
	"maps"
	"strings"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	autoscaling "k8s.io/api/autoscaling/v2"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
)

// bundle is what the rules look things up in.
type bundle struct {
	deployments map[string]*apps.Deployment
	services    []*core.Service
	configs     map[string]bool
	faults      []error
}

// judge holds the objects to what joins them: each selector finds a Pod, each
// port and each ConfigMap that is named is there, and every container is locked
// down.
func judge(objects []runtime.Object) []error {
	b := bundle{deployments: map[string]*apps.Deployment{}, configs: map[string]bool{}}
	for _, object := range objects {
		switch o := object.(type) {
		case *apps.Deployment:
			b.deployments[o.Name] = o
		case *core.Service:
			b.services = append(b.services, o)
		case *core.ConfigMap:
			b.configs[o.Name] = true
		}
	}
	for _, object := range objects {
		b.object(object)
	}
	return b.faults
}

func (b *bundle) faultf(format string, args ...any) {
	b.faults = append(b.faults, fmt.Errorf(format, args...))
}

func (b *bundle) object(object runtime.Object) {
	if named, ok := object.(meta.Object); ok && named.GetName() == "" {
		b.faultf("%T without a name", object)
	}
	switch o := object.(type) {
	case *apps.Deployment:
		b.pods("Deployment "+o.Name, o.Spec.Selector)
		b.template(o.Name, o.Spec.Template.Spec)
	case *core.Service:
		b.service(o)
	case *policy.PodDisruptionBudget:
		b.pods("PodDisruptionBudget "+o.Name, o.Spec.Selector)
	case *networking.NetworkPolicy:
		b.pods("NetworkPolicy "+o.Name, &o.Spec.PodSelector)
	case *autoscaling.HorizontalPodAutoscaler:
		d := b.deployments[o.Spec.ScaleTargetRef.Name]
		if d == nil {
			b.faultf("HorizontalPodAutoscaler %s: no Deployment %s", o.Name, o.Spec.ScaleTargetRef.Name)
		} else if d.Spec.Replicas != nil {
			b.faultf("Deployment %s: replicas are set, and would fight with the autoscaler", d.Name)
		}
	case *monitoring.ServiceMonitor:
		b.serviceMonitor(o)
	case *monitoring.PodMonitor:
		for _, d := range b.pods("PodMonitor "+o.Name, &o.Spec.Selector) {
			for _, e := range o.Spec.PodMetricsEndpoints {
				if e.Port == nil || !hasPort(d.Spec.Template.Spec, *e.Port) {
					b.faultf("PodMonitor %s: no such port", o.Name)
				}
			}
		}
	}
}

// pods are the Deployments whose Pods a selector finds; it must find some, and
// must not find all there are because it is empty.
func (b *bundle) pods(who string, s *meta.LabelSelector) []*apps.Deployment {
	selector, err := meta.LabelSelectorAsSelector(s)
	if err != nil || selector.Empty() {
		b.faultf("%s: selector is empty or wrong: %v", who, err)
		return nil
	}
	var found []*apps.Deployment
	for d := range maps.Values(b.deployments) {
		if selector.Matches(labels.Set(d.Spec.Template.Labels)) {
			found = append(found, d)
		}
	}
	if len(found) == 0 {
		b.faultf("%s: selector finds no Pod", who)
	}
	return found
}

func (b *bundle) service(s *core.Service) {
	for _, d := range b.pods("Service "+s.Name, &meta.LabelSelector{MatchLabels: s.Spec.Selector}) {
		for _, p := range s.Spec.Ports {
			if !hasPort(d.Spec.Template.Spec, p.TargetPort.StrVal) {
				b.faultf("Service %s: no port %q in Deployment %s", s.Name, p.TargetPort.StrVal, d.Name)
			}
		}
	}
}

func (b *bundle) serviceMonitor(m *monitoring.ServiceMonitor) {
	selector, err := meta.LabelSelectorAsSelector(&m.Spec.Selector)
	if err != nil {
		b.faultf("ServiceMonitor %s: %w", m.Name, err)
		return
	}
	for _, s := range b.services {
		if !selector.Empty() && selector.Matches(labels.Set(s.Labels)) && len(s.Spec.Ports) > 0 && m.Spec.Endpoints[0].Port == s.Spec.Ports[0].Name {
			return
		}
	}
	b.faultf("ServiceMonitor %s: finds no Service with its port", m.Name)
}

func (b *bundle) template(name string, pod core.PodSpec) {
	for _, v := range pod.Volumes {
		if v.ConfigMap != nil && !b.configs[v.ConfigMap.Name] {
			b.faultf("Deployment %s: no ConfigMap %s", name, v.ConfigMap.Name)
		}
	}
	for _, c := range append(pod.InitContainers, pod.Containers...) {
		for _, fault := range lockdown(c) {
			b.faultf("Deployment %s, container %s: %s", name, c.Name, fault)
		}
	}
}

// lockdown says what a container lacks of what all of ours have.
func lockdown(c core.Container) (faults []string) {
	must := func(ok bool, fault string) {
		if !ok {
			faults = append(faults, fault)
		}
	}
	_, tag, _ := strings.Cut(c.Image, ":")
	must(tag != "" && tag != "latest", "image without a version")
	s := c.SecurityContext
	if s == nil {
		return append(faults, "no security context")
	}
	is := func(p *bool, want bool) bool { return p != nil && *p == want }
	must(is(s.RunAsNonRoot, true) && s.RunAsUser != nil && *s.RunAsUser > 10000, "may run as root")
	must(is(s.ReadOnlyRootFilesystem, true), "root file system is writable")
	must(is(s.AllowPrivilegeEscalation, false), "may gain privileges")
	must(s.Capabilities != nil && len(s.Capabilities.Drop) == 1 && s.Capabilities.Drop[0] == "ALL" && len(s.Capabilities.Add) == 0, "has capabilities")
	must(!c.Resources.Limits.Memory().IsZero() && c.Resources.Limits.Memory().Equal(*c.Resources.Requests.Memory()), "memory: limit and request differ")
	must(!c.Resources.Requests.Cpu().IsZero(), "no request of processor")
	if c.Name == "dross" {
		must(c.StartupProbe != nil && c.ReadinessProbe != nil && c.LivenessProbe != nil, "lacks a probe")
	}
	return faults
}

func hasPort(pod core.PodSpec, name string) bool {
	for _, c := range append(pod.InitContainers, pod.Containers...) {
		for _, p := range c.Ports {
			if p.Name == name {
				return true
			}
		}
	}
	return false
}
