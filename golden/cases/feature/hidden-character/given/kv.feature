Feature: only the demo app
  # nobody else ⁦ at all
  Background:
    Given workloads in namespace "kuma-demo" may call "kuma-demo/kv"
