/* Scripts: which families a text needs, and whether a name is in the letters of a language. */
#ifndef PM_MODEL_SCRIPT_H
#define PM_MODEL_SCRIPT_H

#include <stdint.h>

enum pm_script {
    PM_SCRIPT_COMMON, /* signs, digits, and letters of other scripts than these */
    PM_SCRIPT_LATIN,
    PM_SCRIPT_CYRILLIC,
    PM_SCRIPT_ARABIC,
    PM_SCRIPT_MYANMAR,
    PM_SCRIPTS
};

enum pm_script pm_script_of(uint32_t c);
/* The script of the text's first letter. */
enum pm_script pm_script_of_text(const char *s);
/* All that occur: a bit 1 << script each. */
unsigned pm_scripts_in(const char *s);

#endif
