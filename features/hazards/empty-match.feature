Feature: a match without a condition freezes a proxy
  Kuma takes a match that asks for nothing; Envoy refuses the whole listener. The proxy stays as it was, and so does every later change
  of its permissions, until the match is gone.

  Background:
    Given the resources in "../kuma-demo/kuma-demo.yaml"
    And the resources in "../kuma-demo/identity.yaml"
    And the resources in "../kuma-demo/permission.yaml"

  Scenario Outline: nobody can say who gets in there, other proxies go on (<target>)
    Given the target "<target>"
    And the resources:
      """yaml
      apiVersion: kuma.io/v1alpha1
      kind: MeshTrafficPermission
      metadata:
        name: empty
        namespace: kuma-demo
        labels:
          kuma.io/mesh: default
      spec:
        targetRef:
          kind: Dataplane
          labels:
            app: kv
        rules:
          - default:
              allow:
                - {}
      """
    Then these calls are decided so:
      | caller             | callee             | decision | rule |
      | kuma-demo/demo-app | kuma-demo/kv       | unknown  |      |
      | kuma-demo/kv       | kuma-demo/demo-app | allow    | mtp  |

    Examples:
      | target    |
      | kuma-2.12 |
      | kuma-2.14 |
      | kuma-3    |
