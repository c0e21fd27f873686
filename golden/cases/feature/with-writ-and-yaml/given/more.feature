Feature: monitoring may read the shop
  Background:
    Given "spiffe://default.default.mesh.local/ns/monitoring/sa/prometheus" may call "shop/web" with GET on "/metrics"
