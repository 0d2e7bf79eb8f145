// To be preloaded: whoever asks for the address of a name waits, as where the name server is gone.
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int getaddrinfo(const char *node, const char *service, const void *hints, void **result) {
    const char *asked = getenv("DNS_ASKED");
    if (asked) close(creat(asked, 0600));
    sleep(60);
    return -3;
}
