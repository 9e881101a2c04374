package io.distributary.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes a TLS context of the PEM files that settings name. Without a CA file the JVM's own authorities are trusted. */
public final class PemTls {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final char[] IN_MEMORY = new char[0];

    private PemTls() {
    }

    /**
     * Each setting's value names a file; those not set are left out.
     *
     * @throws IllegalArgumentException naming the setting and the file that cannot be used
     */
    public static SSLContext context(Settings settings, Setting ca, Optional<Setting> certificate, Optional<Setting> key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            Optional<String> caFile = settings.get(ca);
            Optional<String> certificateFile = certificate.flatMap(settings::get);
            context.init(
                    certificateFile.isEmpty() ? null : keys(certificate.get(), certificateFile.get(), key.orElseThrow(),
                            settings.required(key.get())),
                    caFile.isEmpty() ? null : authorities(certificates(ca, caFile.get())), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot set up TLS for " + ca.key() + ": " + e.getMessage(), e);
        }
    }

    /** Trusts these certificates and those they signed, and no others. */
    public static SSLContext trusting(Collection<? extends Certificate> authorities) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, authorities(authorities), null);
        return context;
    }

    private static TrustManager[] authorities(Collection<? extends Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificate certificate : authorities) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(Setting certificate, String certificateFile, Setting key, String keyFile)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", privateKey(key, keyFile), IN_MEMORY,
                certificates(certificate, certificateFile).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        return factory.getKeyManagers();
    }

    private static Collection<? extends Certificate> certificates(Setting setting, String file) {
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(ConnectionFiles.read(setting, file)));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(setting.key() + ": " + file + " is not a PEM certificate: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(setting.key() + ": " + file + " holds no certificate");
    }

    private static PrivateKey privateKey(Setting setting, String file) throws GeneralSecurityException {
        Matcher pem = KEY.matcher(new String(ConnectionFiles.read(setting, file), StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IllegalArgumentException(setting.key() + ": " + file + " is not an unencrypted PKCS#8 PEM key"
                    + " (BEGIN PRIVATE KEY); convert it with: openssl pkcs8 -topk8 -nocrypt");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue; // the next kind of key
            }
        }
        throw new IllegalArgumentException(setting.key() + ": " + file + " holds no RSA, EC or Ed25519 key");
    }
}
