package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes with the steps, and what does not. */
class ClassPathTest {

    @Test
    void theStepsAreHere() {
        assertDoesNotThrow(() -> Class.forName("dev.writ.runtime.testing.steps.CallSteps"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "picocli.CommandLine",
                "org.eclipse.lsp4j.services.LanguageServer",
                "io.grpc.netty.NettyServerBuilder",
                "io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder",
                "io.grpc.internal.ServerImpl",
                "dev.writ.runtime.cli.WritCli"
            })
    void noServerAndNoCommandLineIs(String name) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }
}
