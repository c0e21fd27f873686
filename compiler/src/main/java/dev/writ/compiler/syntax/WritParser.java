package dev.writ.compiler.syntax;

import dev.writ.compiler.diagnostic.DiagnosticSink;
import dev.writ.compiler.source.SourceFile;
import dev.writ.compiler.source.SourceText;
import dev.writ.grammar.WritGrammar.FileContext;

/**
 * Parses {@code .writ} files. What is wrong in a line or declaration is reported, and the rest of the file is read all the same.
 */
public final class WritParser {
    private WritParser() {}

    /** What could be read of a file; everything that is wrong with it goes to the sink. */
    public static WritFile parse(SourceFile file, DiagnosticSink sink) {
        return parse(SourceText.whole(file), sink);
    }

    /** The same of a text that stands in a file of another kind, such as a feature's doc string. */
    public static WritFile parse(SourceText source, DiagnosticSink sink) {
        HiddenCharacters.refuse(source, sink);
        AntlrText text = new AntlrText(source);
        WritMistakes mistakes = new WritMistakes(text, sink);
        WritDeclarations declarations = new WritDeclarations(new WritWords(text, sink), mistakes, sink);
        FileContext tree =
                WritTree.parser(WritTokens.ofFile(text, sink), mistakes).file();
        tree.declaration().forEach(declarations::add);
        mistakes.straysIn(tree).forEach(declarations::unknown);
        return declarations.toFile();
    }
}
