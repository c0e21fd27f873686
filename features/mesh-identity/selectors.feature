Feature: which MeshIdentity a workload gets
  "When multiple MeshIdentity resources apply to the same data plane proxy, the one with the most specific selector takes
  precedence. If two have selectors with the same number of labels, the one whose name comes first alphabetically does."

  Background:
    Given the target "kuma-3"
    And the resources in "app.yaml"
    And the resources in "basic.yaml"
    And the permission "my-app-callers" on workloads where app is "my-app":
      """yaml
      - default:
          allow:
            - spiffeID:
                type: Prefix
                value: spiffe://default.default.mesh.local/ns/shop
      """
    And the permission "caller-callers" on workloads where app is "caller":
      """yaml
      - default:
          allow:
            - spiffeID:
                type: Exact
                value: spiffe://default.default.mesh.local/team/checkout
      """

  Rule: the most labels win
    Background:
      Given the resources:
        """yaml
        apiVersion: kuma.io/v1alpha1
        kind: MeshIdentity
        metadata:
          name: z-one-label
          namespace: kuma-system
          labels:
            kuma.io/mesh: default
        spec:
          selector:
            dataplane:
              matchLabels:
                app: my-app
          spiffeID:
            path: "/app/{{ label \"app\" }}"
          provider:
            type: Bundled
            bundled:
              insecureAllowSelfSigned: true
              autogenerate:
                enabled: true
        ---
        apiVersion: kuma.io/v1alpha1
        kind: MeshIdentity
        metadata:
          name: z-two-labels
          namespace: kuma-system
          labels:
            kuma.io/mesh: default
        spec:
          selector:
            dataplane:
              matchLabels:
                app: my-app
                team: checkout
          spiffeID:
            path: "/team/{{ label \"team\" }}"
          provider:
            type: Bundled
            bundled:
              insecureAllowSelfSigned: true
              autogenerate:
                enabled: true
        """

    Example: two labels beat one and none, whatever the names
      When "shop/my-app" calls "shop/caller"
      Then the call is allowed by "caller-callers"

    Example: a workload that only the general one selects keeps its ID
      When "shop/caller" calls "shop/my-app"
      Then the call is allowed by "my-app-callers"

  Rule: among equals, the first name wins
    Scenario Outline: <name> beside `identity`
      Given the resources:
        """yaml
        apiVersion: kuma.io/v1alpha1
        kind: MeshIdentity
        metadata:
          name: <name>
          namespace: kuma-system
          labels:
            kuma.io/mesh: default
        spec:
          selector:
            dataplane:
              matchLabels: {}
          spiffeID:
            path: "/team/checkout"
          provider:
            type: Bundled
            bundled:
              insecureAllowSelfSigned: true
              autogenerate:
                enabled: true
        """
      When "shop/my-app" calls "shop/caller"
      Then the call is <decision>

      Examples:
        | name           | decision |
        | a-new-identity | allowed  |
        | z-new-identity | denied   |

  Rule: a selector that says nothing applies to nothing
    Example: and the general one stays
      Given the resources:
        """yaml
        apiVersion: kuma.io/v1alpha1
        kind: MeshIdentity
        metadata:
          name: a-none
          namespace: kuma-system
          labels:
            kuma.io/mesh: default
        spec:
          spiffeID:
            path: "/team/checkout"
          provider:
            type: Bundled
            bundled:
              insecureAllowSelfSigned: true
              autogenerate:
                enabled: true
        """
      When "shop/my-app" calls "shop/caller"
      Then the call is denied
