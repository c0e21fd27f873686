/** What a SPIFFE ID is. Below {@code syntax}, which refuses permissions that name none; imports nothing of the compiler. */
@NullMarked
package dev.writ.compiler.spiffe;

import org.jspecify.annotations.NullMarked;
