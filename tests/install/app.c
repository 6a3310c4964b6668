/* app.c: a program of somebody else's, built against an installed Tesela. */
#include <tesela/tesela.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    int32_t day;
    tsl_error err = {0};
    if (argc != 2 || strcmp(tsl_version_get(), argv[1]) != 0) {
        return 1;
    }
    if (tsl_day_read("2011-12-10", &day, &err) != TSL_OK || day != 15318) {
        return 2;
    }
    puts(tsl_version_get());
    return 0;
}
