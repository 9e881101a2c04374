package io.distributary.nats;

import java.io.IOException;
import java.security.GeneralSecurityException;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;

/**
 * An operator with one account, which may use JetStream, and one of its users: as {@code nsc} makes them.
 *
 * @param serverConfiguration of a server that trusts the operator
 * @param credentials         text of the user's credentials file
 */
record NatsAccount(String serverConfiguration, String credentials) {
    /** The limits of JetStream to be put in. */
    private static final String ACCOUNT = """
            {"type":"account","version":2,"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,\
            "conn":-1,"leaf":-1%s},"default_permissions":{"pub":{},"sub":{}}}""";
    private static final String SYSTEM = ACCOUNT.formatted("");
    private static final String WITH_JETSTREAM = ACCOUNT.formatted(",\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1");

    static NatsAccount create() throws GeneralSecurityException, IOException {
        NKey operator = NKey.createOperator(null);
        NKey account = NKey.createAccount(null);
        NKey user = NKey.createUser(null);
        NKey system = NKey.createAccount(null);
        String accountId = id(account);
        String userJwt = JwtUtils.issueUserJWT(account, accountId, id(user));
        return new NatsAccount("operator: " + jwt(operator, operator, "{\"type\":\"operator\",\"version\":2}")
                + "\nsystem_account: " + id(system) + "\nresolver: MEMORY\nresolver_preload: {\n"
                + id(system) + ": " + jwt(operator, system, SYSTEM) + "\n" + accountId + ": " + jwt(operator, account, WITH_JETSTREAM) + "\n}\n",
                String.format(JwtUtils.NATS_USER_JWT_FORMAT, userJwt, new String(user.getSeed())));
    }

    private static String id(NKey key) throws GeneralSecurityException, IOException {
        return new String(key.getPublicKey());
    }

    private static String jwt(NKey operator, NKey subject, String claim) throws GeneralSecurityException, IOException {
        return JwtUtils.issueJWT(operator, id(subject), "test", null, JwtUtils.currentTimeSeconds(), id(operator), () -> claim);
    }
}
