Feature: what a template comes to
  Kuma takes any template that parses, and finds out what it gives when it issues SVIDs.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"

  Rule: a label in the trust domain is the MeshIdentity's
    Background:
      Given the resources:
        """yaml
        apiVersion: kuma.io/v1alpha1
        kind: MeshIdentity
        metadata:
          name: identity
          namespace: kuma-system
          labels:
            kuma.io/mesh: default
            app: of-the-identity
        spec:
          selector:
            dataplane:
              matchLabels: {}
          spiffeID:
            trustDomain: "{{ label \"app\" }}.mesh.local"
            path: "/ns/{{ .Namespace }}/sa/{{ .ServiceAccount }}"
          provider:
            type: Bundled
            bundled:
              insecureAllowSelfSigned: true
              autogenerate:
                enabled: true
        """
      And the permission "kv-callers" on workloads where app is "kv":
        """yaml
        - default:
            allow:
              - spiffeID:
                  type: Prefix
                  value: spiffe://of-the-identity.mesh.local
        """

    Scenario Outline: not the workload's, whatever the documentation says (<target>)
      Given the target "<target>"
      Then these calls are decided so:
        | caller                                         | callee       | decision       |
        | kuma-demo/demo-app                             | kuma-demo/kv | allow          |
        | spiffe://demo-app.mesh.local/ns/kuma-demo/sa/x | kuma-demo/kv | refused by TLS |

      Examples:
        | target    |
        | kuma-2.12 |
        | kuma-2.13 |
        | kuma-2.14 |
        | kuma-3    |
