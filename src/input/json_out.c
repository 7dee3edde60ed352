#include "input/json_out.h"

#include "base/str.h"
#include "base/banned.h"

void pm_out_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

void pm_out_count(json_t *object, const char *key, size_t count)
{
    json_object_set_new(object, key, json_integer((json_int_t)count));
}

void pm_out_tally(json_t *object, const char *key)
{
    json_int_t before = json_integer_value(json_object_get(object, key));
    json_object_set_new(object, key, json_integer(before + 1));
}

void pm_out_dump(json_t *object, char **data, size_t *size)
{
    char *text = json_dumps(object, JSON_INDENT(1) | JSON_REAL_PRECISION(10));
    struct pm_str out = {0};
    pm_str_add(&out, text ? text : "");
    pm_str_addc(&out, '\n');
    free(text);
    json_decref(object);
    *data = out.s;
    *size = out.n;
}
