/** The version of this program: in `version`, in the User-Agent of requests, in metrics. */
export const VERSION = "0.1.0";

/** Where the manual is. */
export const HOME_PAGE = "https://creativeprojects.github.io/resticprofile/";
