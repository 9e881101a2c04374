package io.distributary.oversize;

/** Stores nothing: for a preview, which only shows the pointer. */
final class UnstoredClaimChecks implements ClaimChecks {
    @Override
    public void put(ClaimCheck claim, byte[] payload) {
        // the pointer names the bucket and the key
    }
}
