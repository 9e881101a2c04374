package io.distributary.opensearch;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.List;

import javax.net.ssl.SSLContext;

import io.distributary.config.PemTls;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** The stock option {@code certificatePath}. */
final class TrustedCertificate {
    private TrustedCertificate() {
    }

    /** Trusts this certificate and those it signed, and no others. */
    static SSLContext context(CamelContext context, String resource) {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
            return PemTls.trusting(List.of(CertificateFactory.getInstance("X.509").generateCertificate(in)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("The opensearch endpoint's certificatePath " + resource
                    + " cannot be used: " + e.getMessage(), e);
        }
    }
}
