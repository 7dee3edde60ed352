#include <jansson.h>
#include <sys/stat.h>

#include "input_test.h"
#include "model/style.h"
#include "provmap.h"

static void all_styles_are_listed_the_default_first(void **state)
{
    struct box *box = *state;
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(mkdir(box_path(box, "styles"), 0700), 0);
    box_text(box, "styles/bare.json", "{\"format\": \"provmap-style/1\"}");
    box_text(box, "styles/a.json",
             "{\"format\": \"provmap-style/1\", \"description\": {\"fa\": \"F\", \"en\": \"E\"}}");
    box_text(box, "styles/broken.json", "{\"format\": \"provmap-style/1\", \"description\": 1}");
    setenv("PROVMAP_DATA", box->folder, 1);
    assert_true(pm_styles(NULL, PM_INFO_TEXT, &text, &size, box->diags));
    assert_string_equal(text, "default  \na        E\nbare     \n");
    assert_int_equal(size, strlen(text));
    assert_non_null(strstr(box_said(box), "1:46 wrong-type: "));
    free(text);
    assert_false(pm_styles("broken", PM_INFO_JSON, &text, &size, box->diags));
    setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1);
}

/* A line a key: path, type, value, meaning. */
static void every_key_is_listed(void **state)
{
    struct box *box = *state;
    char *text = NULL;
    size_t size = 0;
    assert_true(pm_style_keys_list("dark", PM_INFO_TEXT, &text, &size, box->diags));
    const char *line = text;
    for (size_t i = 0; i < pm_style_key_count; i++) {
        const struct pm_style_key *key = &pm_style_keys[i];
        size_t length = strlen(key->path), meaning = strlen(key->meaning);
        const char *end = strchr(line, '\n');
        assert_non_null(end);
        assert_int_equal(strncmp(line, key->path, length), 0);
        assert_int_equal(line[length], ' ');
        assert_memory_equal(end - meaning, key->meaning, meaning);
        line = end + 1;
    }
    assert_non_null(strstr(text, "color.page                  colour                   #14181D"));
    assert_non_null(strstr(text, "page.dpi                    10 to 2400 px per inch   96 "));
    assert_non_null(strstr(text, "line.glow_alpha             0 to 1                   0.6 "));
    free(text);
}

static void programs_get_types_and_defaults(void **state)
{
    struct box *box = *state;
    char *text = NULL;
    size_t size = 0;
    assert_true(pm_style_keys_list("mono", PM_INFO_JSON, &text, &size, box->diags));
    json_t *root = json_loads(text, 0, NULL), *keys = json_object_get(root, "keys");
    assert_int_equal(json_array_size(keys), pm_style_key_count);
    json_t *grey = json_array_get(keys, pm_style_key_count - 1);
    assert_string_equal(json_string_value(json_object_get(grey, "key")), "check.grey");
    assert_string_equal(json_string_value(json_object_get(grey, "type")), "boolean");
    assert_true(json_is_false(json_object_get(grey, "default")));
    assert_true(json_is_true(json_object_get(grey, "value")));
    json_decref(root);
    free(text);
    assert_false(pm_style_keys_list("nothing", PM_INFO_JSON, &text, &size, box->diags));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        boxed(all_styles_are_listed_the_default_first),
        boxed(every_key_is_listed),
        boxed(programs_get_types_and_defaults),
    };
    setenv("PROVMAP_DATA", PM_TEST_DIR "/..", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
