package dev.writ.runtime.coverage;

import static dev.writ.runtime.coverage.CoveredFeature.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LcovTracefileTest {
    private static final Pattern LINE = Pattern.compile(
            "TN:|SF:(.+)|BRDA:(\\d+),(\\d+),(\\d+),(-|\\d+)|DA:(\\d+),(\\d+)|(BRF|BRH|LF|LH):(\\d+)|end_of_record");

    @TempDir
    private Path temporary;

    @Test
    void rulesAreLinesAndBoundariesAreBranches() {
        CoveredFeature feature = new CoveredFeature(temporary);
        PolicyCoverage coverage = PolicyCoverage.of(feature.run(
                List.of("allow " + SHOP + "/**", "deny " + SHOP + "/sa/evil"),
                CoveredFeature.call("shop/web", ""),
                CoveredFeature.call(SHOP + "/sa", ""),
                CoveredFeature.call("ops/job", "")));

        String text = LcovTracefile.of(coverage).replace(temporary + "/", "");

        assertThat(text).isEqualTo("""
                TN:
                SF:f.feature
                BRDA:6,0,0,0
                BRDA:6,0,1,2
                BRDA:6,0,2,0
                BRDA:6,0,3,1
                BRDA:7,0,0,-
                BRDA:7,0,1,-
                BRDA:7,0,2,-
                BRDA:7,0,3,-
                BRF:8
                BRH:2
                DA:6,2
                DA:7,0
                LF:2
                LH:1
                end_of_record
                """);
    }

    @Test
    void whatIsCountedInARecordIsWhatStandsInIt() {
        CoveredFeature feature = new CoveredFeature(temporary);
        PolicyCoverage coverage = PolicyCoverage.of(feature.run(
                List.of(
                        "allow " + SHOP + "/sa/{web,db} to GET, POST \"/{a,b}/**\"",
                        "deny spiffe://*/ns/*/sa/evil",
                        "allow workloads in namespace \"ops\""),
                CoveredFeature.call("shop/web", " with GET \"/a/x\""),
                CoveredFeature.call("ops/job", "")));

        Map<String, Integer> counted = new TreeMap<>(Map.of("BRF", 0, "BRH", 0, "LF", 0, "LH", 0));
        Map<String, Integer> said = new TreeMap<>();
        for (String line : LcovTracefile.of(coverage).lines().toList()) {
            Matcher match = LINE.matcher(line);
            assertThat(match.matches()).as(line).isTrue();
            if (match.group(2) != null) {
                counted.merge("BRF", 1, Integer::sum);
                counted.merge("BRH", match.group(5).matches("-|0") ? 0 : 1, Integer::sum);
            } else if (match.group(6) != null) {
                counted.merge("LF", 1, Integer::sum);
                counted.merge("LH", match.group(7).equals("0") ? 0 : 1, Integer::sum);
            } else if (match.group(8) != null) {
                said.put(match.group(8), Integer.valueOf(match.group(9)));
            }
        }
        assertThat(said).isEqualTo(counted);
    }
}
