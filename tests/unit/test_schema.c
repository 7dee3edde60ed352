#include "input_test.h"

#include <jansson.h>

#include "base/file.h"
#include "base/limits.h"
#include "provmap.h"

static void names_and_nothing_else(void **state)
{
    (void)state;
    const char *const wanted[] = {"status", "shapes", "style", "aliases", "jobs"};
    const char *const *names = pm_schema_names();
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_string_equal(names[i], wanted[i]);
    assert_null(names[sizeof wanted / sizeof *wanted]);
    const char *const strange[] = {"", "Status", "status ", "status.schema.json", "statu"};
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
        assert_null(pm_schema(strange[i]));
}

static void each_is_its_file_to_the_byte(void **state)
{
    struct box *box = *state;
    for (const char *const *name = pm_schema_names(); *name; name++) {
        const char *path =
            pm_sprintf(&box->arena, PM_TEST_DIR "/../src/schema/%s.schema.json", *name);
        size_t length = 0;
        const char *text = pm_read_file(path, PM_MOST_TEXT_BYTES, &box->arena, &length, box->diags);
        assert_non_null(text);
        assert_true(length > 500);
        assert_int_equal(strlen(text), length);
        assert_string_equal(pm_schema(*name), text);
    }
}

static void each_is_json_that_names_itself(void **state)
{
    struct box *box = *state;
    for (const char *const *name = pm_schema_names(); *name; name++) {
        json_t *schema = json_loads(pm_schema(*name), JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(schema);
        assert_string_equal(json_string_value(json_object_get(schema, "$schema")),
                            "https://json-schema.org/draft/2020-12/schema");
        assert_string_equal(json_string_value(json_object_get(schema, "$id")),
                            pm_sprintf(&box->arena, "urn:provmap:schema:%s:1", *name));
        json_decref(schema);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(names_and_nothing_else),
        boxed(each_is_its_file_to_the_byte),
        boxed(each_is_json_that_names_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
