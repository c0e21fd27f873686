package dev.writ.runtime.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --target}. This version knows one; the others are refused, because a config of the wrong kind would be trusted. */
final class Target {
    private static final String ENVOY = "envoy";

    @Option(
            names = "--target",
            paramLabel = "envoy",
            converter = Supported.class,
            description = "What to compile for: envoy, a whole config per workload.")
    @SuppressWarnings("UnusedVariable") // there is nothing to choose yet
    private String target = ENVOY;

    static final class Supported implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!value.equals(ENVOY)) {
                throw new TypeConversionException(
                        "the target `" + value + "` is not supported by this version, only `" + ENVOY + "` is");
            }
            return value;
        }
    }
}
