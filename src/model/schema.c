#include "provmap.h"

#include "base/str.h"
#include "base/banned.h"

/* The files of src/schema/, made into arrays by src/schema/embed.cmake. */
extern const unsigned char pm_schema_aliases[], pm_schema_jobs[], pm_schema_shapes[],
    pm_schema_status[], pm_schema_style[];

static const char *const names[] = {"status", "shapes", "style", "aliases", "jobs", NULL};
static const unsigned char *const texts[] = {pm_schema_status, pm_schema_shapes, pm_schema_style,
                                             pm_schema_aliases, pm_schema_jobs};

const char *const *pm_schema_names(void)
{
    return names;
}

const char *pm_schema(const char *name)
{
    for (size_t i = 0; names[i]; i++)
        if (pm_streq(names[i], name))
            return (const char *)texts[i];
    return NULL;
}
