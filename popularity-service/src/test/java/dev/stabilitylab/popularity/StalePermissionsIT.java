package dev.stabilitylab.popularity;

import dev.stabilitylab.servicekit.contract.StalePermissionsContract;

class StalePermissionsIT extends StalePermissionsContract {

    StalePermissionsIT() {
        super("/popular-items");
    }
}
