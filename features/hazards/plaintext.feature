Feature: without an identity, or beside it, plaintext is let in and no permission is asked
  To Kuma an inbound is plaintext where its workload has no SVID. That a permission denies everybody changes nothing there.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"
    And the permission "deny-all" on all workloads:
      """yaml
      - default:
          deny:
            - spiffeID:
                type: Prefix
                value: spiffe://default.default.mesh.local
      """

  Rule: a selector that no longer selects opens the inbound
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
        spec:
          selector:
            dataplane:
              matchLabels:
                app: demo-app
          provider:
            type: Bundled
            bundled:
              insecureAllowSelfSigned: true
              autogenerate:
                enabled: true
        """

    Scenario Outline: to everybody in plaintext (<target>)
      Given the target "<target>"
      When a plaintext caller calls "kuma-demo/kv"
      Then the call is allowed
      When a plaintext caller calls "kuma-demo/demo-app"
      Then the call is refused by TLS

      Examples:
        | target    |
        | kuma-2.12 |
        | kuma-2.13 |
        | kuma-2.14 |
        | kuma-3    |

    Example: and whoever brings a certificate is not understood
      Given the target "kuma-3"
      When "kuma-demo/demo-app" calls "kuma-demo/kv"
      Then the call is denied

  Rule: so does an identity that is not ready, and no other takes its place
    Background:
      Given the target "kuma-3"
      And the resources in "../kuma-demo/identity.yaml"
      And the resources:
        """yaml
        apiVersion: kuma.io/v1alpha1
        kind: MeshIdentity
        metadata:
          name: kv-identity
          namespace: kuma-system
          labels:
            kuma.io/mesh: default
        spec:
          selector:
            dataplane:
              matchLabels:
                app: kv
          provider:
            type: Bundled
            bundled:
              autogenerate:
                enabled: true
        """

    Example: a self-signed CA that nobody allowed
      Then these calls are decided so:
        | caller             | callee             | decision       |
        | plaintext          | kuma-demo/kv       | allow          |
        | kuma-demo/kv       | kuma-demo/kv       | allow          |
        | plaintext          | kuma-demo/demo-app | refused by TLS |
        | kuma-demo/demo-app | kuma-demo/demo-app | deny           |

  Rule: permissive mode lets plaintext pass beside every permission
    Background:
      Given the target "kuma-3"
      And the resources in "../kuma-demo/identity.yaml"
      And the resources:
        """yaml
        apiVersion: kuma.io/v1alpha1
        kind: MeshTLS
        metadata:
          name: tls
          namespace: kuma-system
          labels:
            kuma.io/mesh: default
        spec:
          rules:
            - default:
                mode: Permissive
        """

    Example: who comes with a certificate is judged, who comes without is not
      Then these calls are decided so:
        | caller             | callee       | decision       | rule     |
        | kuma-demo/demo-app | kuma-demo/kv | deny           | deny-all |
        | plaintext          | kuma-demo/kv | allow          |          |
