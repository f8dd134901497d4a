package dev.stabilitylab.servicekit.contract;

import java.util.List;
import java.util.stream.Stream;

/** Header lines that do not carry a token. All secrets in them contain {@value #SECRET}. */
public final class Tokens {

    /** Part of every secret that tests send, to search logs and answers for. */
    public static final String SECRET = "sEcReT";

    private Tokens() {}

    /** Lists of header lines, each to be answered with 401. */
    public static Stream<List<String>> malformed() {
        return Stream.of(
                List.of(),
                List.of("Authorization:"),
                List.of("Authorization: Token"),
                List.of("Authorization: Token "),
                List.of("Authorization: sEcReT"),
                List.of("Authorization: TokensEcReT"),
                List.of("Authorization: Bearer sEcReT"),
                List.of("Authorization: Token sEcReT twice"),
                List.of("Authorization: Token sEcReT, Token sEcReT"),
                List.of("Authorization: Token \"sEcReT\""),
                List.of("Authorization: Token =sEcReT"),
                List.of("Authorization: Token sEcReT\u00e4\u00ff"),
                List.of("Authorization: Token sEcReT" + "x".repeat(251)),
                List.of("Authorization: Token sEcReT", "Authorization: Token sEcReT"),
                List.of("Authorization: Token 0x132", "authorization: Token 0x132"));
    }
}
