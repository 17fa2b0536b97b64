/* What the adapter in subprojects/libsrtp3 promises the worker. Compiled and run by `cargo test -p media`. */
#include "srtp.h"
#include <arpa/inet.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                              \
    do {                                                                              \
        if (!(condition)) {                                                           \
            fprintf(stderr, "%s:%d: %s is not so\n", __FILE__, __LINE__, #condition); \
            exit(1);                                                                  \
        }                                                                             \
    } while (0)

/* A profile that browsers negotiate, with the lengths of its key and its salt. */
struct suite {
    const char *name;
    srtp_profile_t profile;
    size_t key_length;
    size_t salt_length;
};

static const struct suite suites[] = {
    {"AES_CM_128_HMAC_SHA1_80", srtp_profile_aes128_cm_sha1_80, 16, 14},
    {"AEAD_AES_128_GCM", srtp_profile_aead_aes_128_gcm, 16, 12},
    {"AEAD_AES_256_GCM", srtp_profile_aead_aes_256_gcm, 32, 12},
};

static const uint8_t key_bytes[64] = "the key of this test, which is long enough for every profile";

/* The linker puts this in the place of OPENSSL_cleanse, so that the test sees what is wiped. */
static size_t wiped;
void __real_OPENSSL_cleanse(void *memory, size_t length);
void __wrap_OPENSSL_cleanse(void *memory, size_t length)
{
    wiped = length;
    __real_OPENSSL_cleanse(memory, length);
}

static srtp_policy_t policy_for(const struct suite *suite, srtp_ssrc_type_t direction)
{
    srtp_policy_t policy;
    srtp_ssrc_t ssrc = {.type = direction, .value = 0};
    CHECK(srtp_policy_create(&policy) == srtp_err_status_ok);
    CHECK(srtp_policy_set_ssrc(policy, ssrc) == srtp_err_status_ok);
    CHECK(srtp_policy_set_profile(policy, suite->profile) == srtp_err_status_ok);
    CHECK(srtp_policy_add_key(policy, key_bytes, suite->key_length, key_bytes + 32, suite->salt_length, NULL, 0) ==
          srtp_err_status_ok);
    CHECK(srtp_policy_set_allow_repeat_tx(policy, 1) == srtp_err_status_ok);
    CHECK(srtp_policy_set_window_size(policy, 1024) == srtp_err_status_ok);
    return policy;
}

static srtp_t session_for(const struct suite *suite, srtp_ssrc_type_t direction)
{
    srtp_policy_t policy = policy_for(suite, direction);
    srtp_t session;
    CHECK(srtp_create(&session, policy) == srtp_err_status_ok);
    /* The session has its own copy of the key: the worker destroys the policy at once, too. */
    srtp_policy_destroy(policy);
    return session;
}

static size_t rtp(uint8_t *packet, uint16_t sequence)
{
    static const uint8_t header[12] = {0x80, 96, 0, 0, 0, 0, 0, 1, 0, 0, 0, 42};
    memcpy(packet, header, sizeof header);
    packet[2] = (uint8_t)(sequence >> 8);
    packet[3] = (uint8_t)sequence;
    memcpy(packet + sizeof header, "what is said in the room", 24);
    return sizeof header + 24;
}

static size_t rtcp(uint8_t *packet)
{
    static const uint8_t sender_report[28] = {0x80, 200, 0, 6, 0, 0, 0, 42, 1, 2, 3, 4};
    memcpy(packet, sender_report, sizeof sender_report);
    return sizeof sender_report;
}

static void rtp_comes_back_and_a_replay_or_a_change_is_refused(const struct suite *suite)
{
    srtp_t sender = session_for(suite, ssrc_any_outbound);
    srtp_t receiver = session_for(suite, ssrc_any_inbound);
    uint8_t plain[256], secret[256], back[256];
    size_t length = rtp(plain, 1);
    size_t secret_length = sizeof secret;
    CHECK(srtp_protect(sender, plain, length, secret, &secret_length, 0) == srtp_err_status_ok);
    CHECK(secret_length > length && secret_length <= length + SRTP_MAX_TRAILER_LEN);
    CHECK(memcmp(plain + 12, secret + 12, length - 12) != 0);

    secret[20] ^= 1;
    size_t back_length = sizeof back;
    CHECK(srtp_unprotect(receiver, secret, secret_length, back, &back_length) == srtp_err_status_auth_fail);
    secret[20] ^= 1;
    back_length = sizeof back;
    CHECK(srtp_unprotect(receiver, secret, secret_length, back, &back_length) == srtp_err_status_ok);
    CHECK(back_length == length && memcmp(plain, back, length) == 0);
    back_length = sizeof back;
    CHECK(srtp_unprotect(receiver, secret, secret_length, back, &back_length) == srtp_err_status_replay_fail);

    srtp_dealloc(sender);
    srtp_dealloc(receiver);
}

static void rtcp_comes_back_and_a_replay_is_refused(const struct suite *suite)
{
    srtp_t sender = session_for(suite, ssrc_any_outbound);
    srtp_t receiver = session_for(suite, ssrc_any_inbound);
    uint8_t plain[256], secret[256], back[256];
    size_t length = rtcp(plain);
    size_t secret_length = sizeof secret, back_length = sizeof back;
    CHECK(srtp_protect_rtcp(sender, plain, length, secret, &secret_length, 0) == srtp_err_status_ok);
    CHECK(secret_length > length && memcmp(plain + 8, secret + 8, length - 8) != 0);
    CHECK(srtp_unprotect_rtcp(receiver, secret, secret_length, back, &back_length) == srtp_err_status_ok);
    CHECK(back_length == length && memcmp(plain, back, length) == 0);
    back_length = sizeof back;
    CHECK(srtp_unprotect_rtcp(receiver, secret, secret_length, back, &back_length) == srtp_err_status_replay_fail);
    srtp_dealloc(sender);
    srtp_dealloc(receiver);
}

/* Version 2 would write past the end of the target. */
static void a_target_that_is_too_small_is_refused_and_not_touched(const struct suite *suite)
{
    srtp_t sender = session_for(suite, ssrc_any_outbound);
    srtp_t receiver = session_for(suite, ssrc_any_inbound);
    uint8_t plain[256], secret[256], small[256], untouched[256];
    memset(small, 0xAA, sizeof small);
    memset(untouched, 0xAA, sizeof untouched);
    size_t length = rtp(plain, 1);

    size_t small_length = length + 3;
    CHECK(srtp_protect(sender, plain, length, small, &small_length, 0) == srtp_err_status_buffer_small);
    small_length = length + 3;
    CHECK(srtp_protect_rtcp(sender, plain, length, small, &small_length, 0) == srtp_err_status_buffer_small);
    size_t secret_length = sizeof secret;
    CHECK(srtp_protect(sender, plain, length, secret, &secret_length, 0) == srtp_err_status_ok);
    small_length = secret_length - 1;
    CHECK(srtp_unprotect(receiver, secret, secret_length, small, &small_length) == srtp_err_status_buffer_small);
    small_length = secret_length - 1;
    CHECK(srtp_unprotect_rtcp(receiver, secret, secret_length, small, &small_length) == srtp_err_status_buffer_small);
    CHECK(memcmp(small, untouched, sizeof small) == 0);

    srtp_dealloc(sender);
    srtp_dealloc(receiver);
}

/* The worker decrypts where the packet lies. */
static void one_buffer_may_be_source_and_target(const struct suite *suite)
{
    srtp_t sender = session_for(suite, ssrc_any_outbound);
    srtp_t receiver = session_for(suite, ssrc_any_inbound);
    uint8_t plain[256], packet[256];
    size_t length = rtp(plain, 7);
    rtp(packet, 7);
    size_t packet_length = sizeof packet;
    CHECK(srtp_protect(sender, packet, length, packet, &packet_length, 0) == srtp_err_status_ok);
    size_t back_length = packet_length;
    CHECK(srtp_unprotect(receiver, packet, packet_length, packet, &back_length) == srtp_err_status_ok);
    CHECK(back_length == length && memcmp(plain, packet, length) == 0);
    CHECK(srtp_stream_remove(receiver, htonl(42)) == srtp_err_status_ok);
    srtp_dealloc(sender);
    srtp_dealloc(receiver);
}

static void a_policy_refuses_keys_that_do_not_fit_and_identifiers(void)
{
    srtp_policy_t policy;
    CHECK(srtp_policy_create(&policy) == srtp_err_status_ok);
    CHECK(srtp_policy_add_key(policy, key_bytes, SRTP_MAX_KEY_LEN, key_bytes, 1, NULL, 0) == srtp_err_status_bad_param);
    CHECK(srtp_policy_add_key(policy, key_bytes, SIZE_MAX, key_bytes, 2, NULL, 0) == srtp_err_status_bad_param);
    CHECK(srtp_policy_add_key(policy, key_bytes, 16, key_bytes, 14, key_bytes, 4) == srtp_err_status_bad_param);
    srtp_policy_destroy(policy);
    srtp_policy_destroy(NULL);
}

static void a_key_is_wiped_before_its_memory_is_given_back(void)
{
    srtp_policy_t policy = policy_for(&suites[0], ssrc_any_outbound);
    wiped = 0;
    srtp_policy_destroy(policy);
    CHECK(wiped >= SRTP_MAX_KEY_LEN);
}

int main(void)
{
    CHECK(srtp_init() == srtp_err_status_ok);
    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
        fprintf(stderr, "%s\n", suites[i].name);
        rtp_comes_back_and_a_replay_or_a_change_is_refused(&suites[i]);
        rtcp_comes_back_and_a_replay_is_refused(&suites[i]);
        a_target_that_is_too_small_is_refused_and_not_touched(&suites[i]);
        one_buffer_may_be_source_and_target(&suites[i]);
    }
    a_policy_refuses_keys_that_do_not_fit_and_identifiers();
    a_key_is_wiped_before_its_memory_is_given_back();
    CHECK(srtp_shutdown() == srtp_err_status_ok);
    return 0;
}
