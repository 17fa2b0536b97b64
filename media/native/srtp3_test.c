/* Tests the libsrtp 3 adapter as the worker uses it: protect with one session, unprotect with another. */
#include <srtp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                  \
    do {                                                                  \
        if (!(condition)) {                                               \
            printf("line %d: " #condition " does not hold\n", __LINE__);  \
            exit(1);                                                      \
        }                                                                 \
    } while (0)

enum { SSRC = 0x11223344 };

static srtp_t session(srtp_profile_t profile, size_t key_length, size_t salt_length)
{
    static const uint8_t secret[64] = "0123456789abcdef0123456789abcdef0123456789abcdef";
    srtp_policy_t policy;
    srtp_t created;
    CHECK(srtp_policy_create(&policy) == srtp_err_status_ok);
    CHECK(srtp_policy_set_ssrc(policy, (srtp_ssrc_t){.type = ssrc_specific, .value = SSRC}) == srtp_err_status_ok);
    CHECK(srtp_policy_set_profile(policy, profile) == srtp_err_status_ok);
    CHECK(srtp_policy_add_key(policy, secret, key_length, secret + key_length, salt_length, NULL, 0) == srtp_err_status_ok);
    CHECK(srtp_policy_set_window_size(policy, 128) == srtp_err_status_ok);
    CHECK(srtp_policy_set_allow_repeat_tx(policy, 1) == srtp_err_status_ok);
    CHECK(srtp_create(&created, policy) == srtp_err_status_ok);
    srtp_policy_destroy(policy);
    return created;
}

/* A packet of version 2 with payload type 96, sequence number 1 and ten bytes of payload. */
static const uint8_t rtp[] = {0x80, 96, 0, 1, 0, 0, 0, 9, 0x11, 0x22, 0x33, 0x44, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

/* A receiver report without blocks. */
static const uint8_t rtcp[] = {0x80, 201, 0, 1, 0x11, 0x22, 0x33, 0x44};

static void packets(srtp_profile_t profile, size_t key_length, size_t salt_length)
{
    srtp_t sender = session(profile, key_length, salt_length), receiver = session(profile, key_length, salt_length);
    uint8_t safe[256], plain[256];
    size_t safe_length = sizeof safe, plain_length = sizeof plain;

    CHECK(srtp_protect(sender, rtp, sizeof rtp, safe, &safe_length, 0) == srtp_err_status_ok);
    CHECK(safe_length > sizeof rtp && memcmp(safe + 12, rtp + 12, 10) != 0);
    CHECK(srtp_unprotect(receiver, safe, safe_length, plain, &plain_length) == srtp_err_status_ok);
    CHECK(plain_length == sizeof rtp && memcmp(plain, rtp, sizeof rtp) == 0);

    plain_length = sizeof plain;
    CHECK(srtp_unprotect(receiver, safe, safe_length, plain, &plain_length) == srtp_err_status_replay_fail);

    uint8_t changed[256];
    memcpy(changed, safe, safe_length);
    changed[3] = 2;
    plain_length = sizeof plain;
    CHECK(srtp_unprotect(receiver, changed, safe_length, plain, &plain_length) == srtp_err_status_auth_fail);

    safe_length = sizeof rtp + 3;
    CHECK(srtp_protect(sender, rtp, sizeof rtp, safe, &safe_length, 0) == srtp_err_status_buffer_small);
    CHECK(safe_length == sizeof rtp + 3);

    safe_length = sizeof safe;
    plain_length = sizeof plain;
    CHECK(srtp_protect_rtcp(sender, rtcp, sizeof rtcp, safe, &safe_length, 0) == srtp_err_status_ok);
    CHECK(safe_length > sizeof rtcp);
    CHECK(srtp_unprotect_rtcp(receiver, safe, safe_length, plain, &plain_length) == srtp_err_status_ok);
    CHECK(plain_length == sizeof rtcp && memcmp(plain, rtcp, sizeof rtcp) == 0);

    srtp_dealloc(sender);
    srtp_dealloc(receiver);
}

static void keys_that_do_not_fit(void)
{
    static const uint8_t long_key[SRTP_MAX_KEY_LEN + 1];
    srtp_policy_t policy;
    CHECK(srtp_policy_create(&policy) == srtp_err_status_ok);
    CHECK(srtp_policy_add_key(policy, long_key, sizeof long_key, long_key, 0, NULL, 0) == srtp_err_status_bad_param);
    CHECK(srtp_policy_add_key(policy, long_key, 16, long_key, SRTP_MAX_KEY_LEN, NULL, 0) == srtp_err_status_bad_param);
    CHECK(srtp_policy_add_key(policy, long_key, 16, long_key, 14, long_key, 4) == srtp_err_status_bad_param);
    srtp_policy_destroy(policy);
    srtp_policy_destroy(NULL);
}

int main(void)
{
    CHECK(srtp_init() == srtp_err_status_ok);
    packets(srtp_profile_aes128_cm_sha1_80, 16, 14);
    packets(srtp_profile_aead_aes_256_gcm, 32, 12);
    keys_that_do_not_fit();
    return 0;
}
