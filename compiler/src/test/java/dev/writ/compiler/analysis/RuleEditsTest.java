package dev.writ.compiler.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.writ.compiler.envoy.Policies;
import dev.writ.compiler.ir.Condition;
import dev.writ.compiler.ir.Principal.Exact;
import dev.writ.compiler.ir.Principal.Prefix;
import dev.writ.compiler.ir.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleEditsTest {
    private static final Rule WEB = Policies.allow("ns/p", new Exact("spiffe://a/ns/shop/sa/web"));
    private static final Rule CART = Policies.allow("ns/p", new Exact("spiffe://a/ns/shop/sa/cart"));
    private static final Rule WIDER = Policies.allow("ns/p", new Prefix("spiffe://a/ns/shop/sa/we"));

    @Test
    void theSameRulesInAnotherOrderAreNotEdited() {
        assertThat(RuleEdits.between(List.of(WEB, CART), List.of(CART, WEB)).rules())
                .isEmpty();
    }

    @Test
    void aRuleIsTakenForTheMostAlikeOfItsPermission() {
        RuleEdits edits = RuleEdits.between(List.of(CART, WEB), List.of(CART, WIDER));
        assertThat(edits.of(WIDER)).isEqualTo(new RuleEdit(WEB, WIDER));
        assertThat(edits.of(WEB)).isEqualTo(new RuleEdit(WEB, WIDER));
        assertThat(edits.isEdited(CART)).isFalse();
        assertThat(edits.of(CART)).isEqualTo(RuleEdit.NONE);
    }

    @Test
    void theSameCallersUnderAnotherActionOrConditionAreTheSameRule() {
        Rule denied = Policies.deny("ns/p", WEB.principal());
        Rule narrower = Policies.allow("ns/p", CART.principal(), new Condition.Method(List.of("GET")));
        RuleEdits edits = RuleEdits.between(List.of(WEB, CART), List.of(narrower, denied));
        assertThat(edits.of(denied).before()).isSameAs(WEB);
        assertThat(edits.of(narrower).before()).isSameAs(CART);
    }

    @Test
    void rulesOfOtherPermissionsAreNewAndGone() {
        Rule elsewhere = Policies.allow("ns/q", WIDER.principal());
        RuleEdits edits = RuleEdits.between(List.of(WEB), List.of(elsewhere));
        assertThat(edits.of(WEB)).isEqualTo(new RuleEdit(WEB, null));
        assertThat(edits.of(elsewhere)).isEqualTo(new RuleEdit(null, elsewhere));
        assertThat(edits.rules()).containsExactlyInAnyOrder(WEB, elsewhere);
    }
}
