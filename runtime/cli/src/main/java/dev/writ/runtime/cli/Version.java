package dev.writ.runtime.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, from its jar's manifest. */
final class Version implements IVersionProvider {
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(development build)" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"writ " + text()};
    }
}
