/* SHA-256 by the examples of FIPS 180-4 and NIST, in base64. */
#include "check.h"

#include "base/sha256.h"

static void the_examples_of_the_standard(void **state)
{
    static const struct {
        const char *text, *wanted;
    } examples[] = {
        {"", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
        {"abc", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE="},
    };
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct pm_str out = {0};
        pm_sha256_base64(examples[i].text, strlen(examples[i].text), &out);
        assert_string_equal(out.s, examples[i].wanted);
        pm_str_finish(&out);
    }
}

/* A million letters: many blocks, and a length of more than 16 bits. */
static void a_long_text(void **state)
{
    enum { MILLION = 1000000 };
    struct pm_str text = {0}, out = {0};
    (void)state;
    for (int i = 0; i < MILLION; i++)
        pm_str_addc(&text, 'a');
    pm_sha256_base64(text.s, text.n, &out);
    assert_string_equal(out.s, "zcduXJkU+5KBocfihNc+Z/GAmkiklyAOBG05zMcRLNA=");
    pm_str_finish(&text);
    pm_str_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_standard),
        cmocka_unit_test(a_long_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
