#include "input/json_out.h"

#include <math.h>

#include "base/str.h"
#include "base/banned.h"

json_t *pm_out_new(void)
{
    return json_object();
}

json_t *pm_out_object(json_t *object, const char *key)
{
    json_t *member = json_object();
    json_object_set_new(object, key, member);
    return member;
}

json_t *pm_out_list(json_t *object, const char *key)
{
    json_t *member = json_array();
    json_object_set_new(object, key, member);
    return member;
}

json_t *pm_out_item(json_t *list)
{
    json_t *item = json_object();
    json_array_append_new(list, item);
    return item;
}

void pm_out_item_text(json_t *list, const char *text)
{
    json_array_append_new(list, json_string(text));
}

void pm_out_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, json_string(text));
}

void pm_out_date(json_t *object, const char *key, pm_date date)
{
    char iso[16];
    if (date == PM_NO_DATE)
        return;
    pm_date_iso(date, iso);
    pm_out_text(object, key, iso);
}

void pm_out_count(json_t *object, const char *key, size_t count)
{
    json_object_set_new(object, key, json_integer((json_int_t)count));
}

void pm_out_number(json_t *object, const char *key, double number)
{
    bool whole = number == floor(number) && fabs(number) < 1e15;
    json_object_set_new(object, key, whole ? json_integer((json_int_t)number) : json_real(number));
}

void pm_out_flag(json_t *object, const char *key, bool set)
{
    json_object_set_new(object, key, json_boolean(set));
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
