package dev.writ.compiler.model;

/** Two CA certificates of no consequence; nobody has their keys. */
public final class TestCertificates {
    public static final String FIRST = """
            -----BEGIN CERTIFICATE-----
            MIIB3DCCAYOgAwIBAgIUMBkqJ+7lshQUQW9TAu3vALt7LIwwCgYIKoZIzj0EAwIw
            QzENMAsGA1UECgwES3VtYTENMAsGA1UECwwETWVzaDEjMCEGA1UEAwwaZGVmYXVs
            dC5kZWZhdWx0Lm1lc2gubG9jYWwwIBcNMjYxMTIxMTExNDU1WhgPMjEyNjEwMjgx
            MTE0NTVaMEMxDTALBgNVBAoMBEt1bWExDTALBgNVBAsMBE1lc2gxIzAhBgNVBAMM
            GmRlZmF1bHQuZGVmYXVsdC5tZXNoLmxvY2FsMFkwEwYHKoZIzj0CAQYIKoZIzj0D
            AQcDQgAEGNTQ6jBgUa/LZ8AVxhaYGsV29LyTnDnMH+ltDoMbNEc0Nw/MJ1Y9pzL8
            Vrm1gM6f97405yfErRulTCkShckNLKNTMFEwHQYDVR0OBBYEFH7SN8qr++fQBPRa
            2U+Qte4esrDUMB8GA1UdIwQYMBaAFH7SN8qr++fQBPRa2U+Qte4esrDUMA8GA1Ud
            EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgZsqsy8FJB3qY+hwDd56RrjGz
            zsU9FBf18b2q21XjLGMCIFnkx/Hd1+l3FqDpgd7edDzVBBfJt09m8lBTAXdLdNpL
            -----END CERTIFICATE-----
            """;

    public static final String SECOND = """
            -----BEGIN CERTIFICATE-----
            MIIB3jCCAYOgAwIBAgIUJhe7G52Nt18qGkUIiINiXkQGBB8wCgYIKoZIzj0EAwIw
            QzENMAsGA1UECgwES3VtYTENMAsGA1UECwwETWVzaDEjMCEGA1UEAwwaZGVmYXVs
            dC5kZWZhdWx0Lm1lc2gubG9jYWwwIBcNMjYxMTIxMTExNDU1WhgPMjEyNjEwMjgx
            MTE0NTVaMEMxDTALBgNVBAoMBEt1bWExDTALBgNVBAsMBE1lc2gxIzAhBgNVBAMM
            GmRlZmF1bHQuZGVmYXVsdC5tZXNoLmxvY2FsMFkwEwYHKoZIzj0CAQYIKoZIzj0D
            AQcDQgAEcCdJDSsBonGyaxV80haFlSF5f5SSIPhqCVDsmqijk03zYnhHBEav9SdD
            FBOI9hbjkxRUDHhD9RWtJrcItdyOQ6NTMFEwHQYDVR0OBBYEFCyzffkNbzMIIlW7
            gPJ52JWo0gtlMB8GA1UdIwQYMBaAFCyzffkNbzMIIlW7gPJ52JWo0gtlMA8GA1Ud
            EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAKA4H+v5bYgtsTqpBlr8JXdI
            d3zfWpkC0CW08DVEHkpVAiEAjlgg3mZZ5Xnkv2amHBdShDYCmQBNDocgPTFpWQ8U
            pc4=
            -----END CERTIFICATE-----
            """;

    private TestCertificates() {}
}
